package org.colonnade.calculators.co2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.colonnade.calculators.description.Answer;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.DefaultSweep;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Input.Option;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Values;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.co2.Co2Solubility;
import org.colonnade.geochemistry.co2.Co2State;
import org.colonnade.geochemistry.co2.ConstantSet;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Solubility of CO2 in water and NaCl brine. */
@Component
@Order(1)
public class Co2Calculator implements Calculator {

    private static final Map<String, Co2Solubility> MODELS = Map.of(
            ConstantSet.GATEWAY.key(), new Co2Solubility(ConstantSet.GATEWAY),
            ConstantSet.PUBLISHED.key(), new Co2Solubility(ConstantSet.PUBLISHED));

    private static final List<Input> INPUTS = List.of(
            Input.number("T_K", "Temperature", Unit.KELVIN, "323.15")
                    .between(273, 533)
                    .orIn(Unit.CELSIUS),
            Input.number("P_bar", "Pressure", Unit.BAR, "100").between(0, 2000).orIn(Unit.MEGAPASCAL),
            Input.number("mNaCl", "NaCl", Unit.MOLE_PER_KG_WATER, "1").between(0, 4.5),
            Input.choice(
                    "model",
                    "Constants",
                    List.of(
                            new Option("gateway", "of the online calculator"),
                            new Option("published", "as published"))));

    private static final List<Output> OUTPUTS = List.of(
            new Output("mCO2", "Dissolved CO₂", Unit.MOLE_PER_KG_WATER),
            new Output("xCO2", "Mole fraction of dissolved CO₂, without salt", Unit.ONE),
            new Output("CO2_g_kg", "Dissolved CO₂ by mass", Unit.GRAM_PER_KG_WATER),
            new Output("fCO2_bar", "Fugacity of CO₂", Unit.BAR),
            new Output("P_H2O_bar", "Vapour pressure of water", Unit.BAR),
            new Output("y_CO2", "Mole fraction of CO₂ in the gas", Unit.ONE),
            new Output("phi_CO2", "Fugacity coefficient of CO₂", Unit.ONE),
            new Output("mu_over_RT", "μ/RT", Unit.ONE),
            new Output("lambda_CO2_Na", "λ(CO₂-Na)", Unit.ONE),
            new Output("zeta_CO2_Na_Cl", "ζ(CO₂-Na-Cl)", Unit.ONE),
            new Output("phi_region", "Region of the fugacity formula", Unit.ONE));

    @Override
    public String key() {
        return "co2";
    }

    @Override
    public String title() {
        return "CO₂ solubility";
    }

    @Override
    public String sentence() {
        return "How much CO₂ dissolves in water and NaCl brine, 273–533 K, 0–2000 bar, 0–4.5 mol/kg.";
    }

    @Override
    public List<Input> inputs() {
        return INPUTS;
    }

    @Override
    public List<Output> outputs() {
        return OUTPUTS;
    }

    @Override
    public List<PlotGroup> plots() {
        return List.of(
                new PlotGroup("mCO2", "Dissolved CO₂", List.of("mCO2"), false),
                new PlotGroup("phi_CO2", "Fugacity coefficient of CO₂", List.of("phi_CO2"), false),
                new PlotGroup("fCO2_bar", "Fugacity of CO₂", List.of("fCO2_bar"), false));
    }

    /** Both sets of constants: their distance is an honest band of what is known. */
    @Override
    public DefaultSweep defaultSweep() {
        return new DefaultSweep("P_bar", "2:600:4", "model", "gateway published");
    }

    @Override
    public List<Preset> presets() {
        return List.of(
                new Preset("Both sets of constants", defaultSweep(), "mCO2"),
                new Preset("Salinities", new DefaultSweep("P_bar", "2:600:4", "mNaCl", "0 1 2 3 4"), "mCO2"),
                new Preset(
                        "Against temperature",
                        new DefaultSweep("T_K", "274:530:4", "P_bar", "50 100 200 400 800"),
                        "mCO2"),
                new Preset("Map over T and P", new DefaultSweep("P_bar", "50:600:50", "T_K", "280:520:20"), "mCO2"));
    }

    @Override
    public Optional<String> modelInput() {
        return Optional.of("model");
    }

    @Override
    public List<String> unknowns() {
        return List.of(
                "The constants of the online calculator for up to 290 K and for salt are in no known publication; they"
                        + " give up to 27 % other values than the published ones. Both can be chosen, and every result"
                        + " says which was used.",
                "The formula is piecewise. At 290 K, 340.1 K, 435.1 K and 1001 bar, and at the end of the gas region, it"
                        + " has steps of up to some percent; they are of the model, not of nature.");
    }

    @Override
    public Answer compute(Values values) {
        var model = model(values.choice("model"));
        Computed<Co2State> computed = model.at(values.number("T_K"), values.number("P_bar"), values.number("mNaCl"));
        var state = computed.value();
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("mCO2", state.molality().value());
        numbers.put("xCO2", state.moleFraction().value());
        numbers.put("CO2_g_kg", state.mass().value());
        numbers.put("fCO2_bar", state.fugacity().value());
        numbers.put("P_H2O_bar", state.waterVapourPressure().value());
        numbers.put("y_CO2", state.gasFraction().value());
        numbers.put("phi_CO2", state.fugacityCoefficient().value());
        numbers.put("mu_over_RT", state.chemicalPotential().value());
        numbers.put("lambda_CO2_Na", state.lambda().value());
        numbers.put("zeta_CO2_Na_Cl", state.zeta().value());
        numbers.put("phi_region", (double) state.region());
        return Answer.of(computed, numbers);
    }

    @Override
    public Batch batch() {
        var row = new double[Co2Solubility.COLUMNS];
        return new Batch(
                List.of("T_K", "P_bar", "mNaCl"),
                List.of("model"),
                List.of(
                        "mCO2",
                        "P_H2O_bar",
                        "y_CO2",
                        "phi_CO2",
                        "mu_over_RT",
                        "lambda_CO2_Na",
                        "zeta_CO2_Na_Cl",
                        "phi_region"),
                List.of("323.15", "100", "1", "gateway"),
                (cells, out) -> {
                    var model = model(cells.text(3).isEmpty() ? "gateway" : cells.text(3));
                    model.compute(cells.number(0), cells.number(1), cells.number(2), row);
                    for (int column = 0; column < Co2Solubility.REGION; column++) {
                        out.number(row[column]);
                    }
                    out.text(Integer.toString((int) row[Co2Solubility.REGION]));
                    if (cells.number(1) < row[Co2Solubility.VAPOUR_PRESSURE]) {
                        out.message(String.format(
                                Locale.ROOT,
                                "BELOW_VAPOUR_PRESSURE: the vapour pressure of water is %.4f bar",
                                row[Co2Solubility.VAPOUR_PRESSURE]));
                    }
                });
    }

    private static Co2Solubility model(String key) {
        var model = MODELS.get(key);
        if (model == null) {
            throw new InputException("model", "model is none of the choices; they are [gateway, published]");
        }
        return model;
    }
}
