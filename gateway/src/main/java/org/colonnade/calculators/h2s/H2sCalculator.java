package org.colonnade.calculators.h2s;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.colonnade.calculators.description.Answer;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.DefaultSweep;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Input.Option;
import org.colonnade.calculators.description.NumberText;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Values;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.h2s.Duan2007;
import org.colonnade.geochemistry.h2s.GasSystem;
import org.colonnade.geochemistry.h2s.GasTables;
import org.colonnade.geochemistry.h2s.Interpolation;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Solubility of H2S, of CO2 and of both in NaCl brine. */
@Component
@Order(2)
public class H2sCalculator implements Calculator {

    private static final GasTables TABLES = new GasTables();
    private static final String DUAN = "duan2007";

    private static final List<Input> INPUTS = List.of(
            Input.choice(
                            "system",
                            "System",
                            Arrays.stream(GasSystem.values())
                                    .map(s -> new Option(Integer.toString(s.number()), s.title()))
                                    .toList())
                    .initially("1")
                    .mandatory(),
            Input.number("temp_K", "Temperature", Unit.KELVIN, "323.15")
                    .orIn(Unit.CELSIUS)
                    .hint("Tables: 298.15 to 373.15 K, the mixture to 348.15 K; beyond, the bound is used"),
            Input.number("mNaCl", "NaCl", Unit.MOLE_PER_KG_WATER, "0")
                    .hint("Tables: 0 to 6 mol/kg, the mixture to 4 mol/kg; beyond, the bound is used"),
            Input.number("P_bar", "Pressure", Unit.BAR, "100")
                    .orIn(Unit.MEGAPASCAL)
                    .hint("1 to 600 bar, the mixture from 0 bar"),
            Input.choice(
                    "model",
                    "Model",
                    List.of(
                            new Option("trilinear", "SAFT tables of Ji and Zhu"),
                            new Option("compatible", "SAFT tables, interpolated within tetrahedra"),
                            new Option(DUAN, "Duan et al. 2007, H₂S up to 200 bar (provisional)"))));

    private static final List<Output> OUTPUTS = List.of(
            new Output("x", "Mole fraction of the dissolved gas, without salt", Unit.ONE),
            new Output("rho", "Density of the solution", Unit.KILOGRAM_PER_CUBIC_METRE),
            new Output("lnphi", "ln φ (gas), also called λH2S", Unit.ONE),
            new Output("temp_K_used", "Temperature of the result", Unit.KELVIN),
            new Output("mNaCl_used", "NaCl of the result", Unit.MOLE_PER_KG_WATER));

    @Override
    public String key() {
        return "h2s";
    }

    @Override
    public String title() {
        return "H₂S and CO₂ solubility";
    }

    @Override
    public String sentence() {
        return "How much H₂S, CO₂ or both dissolve in NaCl brine up to 600 bar, with the density of the brine.";
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
                new PlotGroup("x", "Mole fraction of the dissolved gas", List.of("x"), false),
                new PlotGroup("rho", "Density of the solution", List.of("rho"), false),
                new PlotGroup("lnphi", "ln φ (gas)", List.of("lnphi"), false));
    }

    /** The tables beside the independent model. */
    @Override
    public DefaultSweep defaultSweep() {
        return new DefaultSweep("P_bar", "5:200:5", "model", "trilinear duan2007");
    }

    @Override
    public List<Preset> presets() {
        return List.of(
                new Preset("Both models", defaultSweep(), "x"),
                new Preset("Salinities", new DefaultSweep("P_bar", "5:600:5", "mNaCl", "0 1 2 4 6"), "x"),
                new Preset(
                        "Against temperature",
                        new DefaultSweep("temp_K", "298.15:373.15:2.5", "P_bar", "20 50 100 200 400"),
                        "x"),
                new Preset(
                        "Map over T and P", new DefaultSweep("P_bar", "25:600:25", "temp_K", "298.15:373.15:5"), "x"));
    }

    @Override
    public Optional<String> modelInput() {
        return Optional.of("model");
    }

    @Override
    public List<String> unknowns() {
        return List.of(
                "The composition of the gas behind the table of the mixture is stated only as that of Ji & Zhu 2013.",
                "That mole fractions are counted without salt, and that the last quantity is ln φ of the gas, is inferred"
                        + " from comparison with other models.",
                "At 323.15 K with salt the table of H₂S has doubtful points at 40 and 50 bar; results that use them say"
                        + " so.",
                "At 348.15 K, 6 mol/kg and 20 bar its x stands some 22 % above its neighbours; results that use it say so.",
                "Part of the constants of Duan et al. 2007 was not compared with the paper: for comparison only. Its gas"
                        + " agrees with the equation of state of Lemmon and Span (2006) to 1.3 % below 373 K and 2.6 %"
                        + " above.");
    }

    @Override
    public Answer compute(Values values) {
        var system = GasSystem.of(NumberText.parse("system", values.text("system")));
        double t = values.number("temp_K");
        double m = values.number("mNaCl");
        double p = values.number("P_bar");
        return switch (values.choice("model")) {
            case DUAN -> duan(system, t, m, p);
            case "compatible" -> table(system, Interpolation.COMPATIBLE, t, m, p);
            default -> table(system, Interpolation.TRILINEAR, t, m, p);
        };
    }

    private static Answer table(GasSystem system, Interpolation rule, double t, double m, double p) {
        var computed = TABLES.at(system, rule, t, m, p);
        var state = computed.value();
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("x", state.moleFraction().value());
        numbers.put("rho", state.density().value());
        numbers.put("lnphi", state.lnFugacityCoefficient().value());
        numbers.put("temp_K_used", state.temperature().value());
        numbers.put("mNaCl_used", state.sodiumChloride().value());
        return Answer.of(computed, numbers);
    }

    private static Answer duan(GasSystem system, double t, double m, double p) {
        if (system != GasSystem.H2S) {
            throw new InputException("model", "The model of Duan et al. (2007) is for the system H₂S-H₂O-NaCl only");
        }
        Computed<Duan2007.State> computed = Duan2007.at(t, p, m);
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("x", computed.value().moleFraction().value());
        numbers.put("rho", Double.NaN);
        numbers.put("lnphi", Math.log(computed.value().fugacityCoefficient().value()));
        numbers.put("temp_K_used", t);
        numbers.put("mNaCl_used", m);
        return Answer.of(computed, numbers);
    }

    @Override
    public Batch batch() {
        var row = new double[GasTables.COLUMNS];
        return new Batch(
                List.of("system", "temp_K", "mNaCl", "P_bar"),
                List.of(),
                List.of("temp_K_used", "mNaCl_used", "x", "rho", "lnphi"),
                List.of("1", "323.15", "0", "100"),
                (cells, out) -> {
                    var system = GasSystem.of(cells.number(0));
                    double t = TABLES.clampTemperature(system, cells.number(1));
                    double m = TABLES.clampSalinity(system, cells.number(2));
                    double p = cells.number(3);
                    TABLES.compute(system, Interpolation.TRILINEAR, t, m, p, row);
                    out.number(t);
                    out.number(m);
                    for (double value : row) {
                        out.number(value);
                    }
                    if (t != cells.number(1)
                            || m != cells.number(2)
                            || Double.isNaN(row[GasTables.X])
                            || GasTables.nearGasSaturation(system, t, m, p)) {
                        out.message(messages(system, cells.number(1), cells.number(2), p));
                    }
                });
    }

    private static String messages(GasSystem system, double t, double m, double p) {
        var all = new ArrayList<String>();
        for (Flag flag : TABLES.at(system, Interpolation.TRILINEAR, t, m, p).flags()) {
            if (flag.kind() != Flag.Kind.NOTE) {
                all.add(flag.kind() + ": " + flag.sentence());
            }
        }
        return String.join("; ", all);
    }
}
