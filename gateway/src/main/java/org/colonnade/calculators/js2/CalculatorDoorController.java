package org.colonnade.calculators.js2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.colonnade.calculators.rates.RateText;
import org.colonnade.calculators.species.SpeciesCatalogue;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.co2.Co2Solubility;
import org.colonnade.geochemistry.co2.ConstantSet;
import org.colonnade.geochemistry.h2s.GasSystem;
import org.colonnade.geochemistry.h2s.GasTables;
import org.colonnade.geochemistry.h2s.Interpolation;
import org.colonnade.geochemistry.rates.Conditions;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.geochemistry.rates.RateRule;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Translates the js2 gateway's calls for CO2, H2S, rates and species. */
@RestController
@Hidden
class CalculatorDoorController {

    private static final Co2Solubility CO2 = new Co2Solubility(ConstantSet.GATEWAY);
    private static final GasTables TABLES = new GasTables();
    private static final MineralRates RATES = new MineralRates(RateDataset.LIBRARY);
    private static final List<String> DATABASES = List.of("supcrtbl", "supcrtbl_ree");

    private final SpeciesCatalogue species;

    CalculatorDoorController(SpeciesCatalogue species) {
        this.species = species;
    }

    record Data<T>(T data) {}

    /** @param warnings absent when there is nothing to say, as the original has none */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Co2Answer(Co2Data data, List<Warning> warnings) {}

    record Co2Data(double temp, double bar, double mNaCl, double mCO2) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Warning(
            String code,
            String message,
            @JsonProperty("P_H2O") @Nullable Double waterVapourPressure) {}

    record SpeciesNames(List<String> species) {}

    record RateAnswer(
            @JsonProperty("AMech") String acid,
            @JsonProperty("BMech") String base,
            @JsonProperty("NMech") String neutral,
            @JsonProperty("OMech") String fourth,
            String total,
            String logTotal,
            String species,
            String reference,
            String temp,
            @JsonProperty("pH") String pH) {}

    @GetMapping("/api/co2")
    Co2Answer co2(@RequestParam Map<String, String> parameters) {
        var query = new Query(parameters);
        double temp = query.number("temp");
        double bar = query.number("bar");
        double salt = query.number("mNaCl");
        query.check();
        var computed = CO2.at(temp, bar, salt);
        var state = computed.value();
        double water = rounded(state.waterVapourPressure().value(), 4);
        return new Co2Answer(
                new Co2Data(
                        rounded(temp, 3),
                        rounded(bar, 4),
                        rounded(salt, 4),
                        rounded(state.molality().value(), 4)),
                computed.flag(Flag.Kind.BELOW_VAPOUR_PRESSURE)
                        .map(f -> List.of(new Warning(f.kind().name(), f.sentence(), water)))
                        .orElse(List.of()));
    }

    /** As a Fortran program prints it. */
    private static double rounded(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
    }

    /** Sixty-one pressures from 0 to 600 bar. */
    @GetMapping("/api/h2s")
    List<List<String>> h2s(@RequestParam Map<String, String> parameters) {
        var query = new Query(parameters);
        double number = query.number("system");
        double temp = query.number("temp");
        double salt = query.number("mNaCl");
        query.check();
        var system = GasSystem.of(number);
        int quantities = system == GasSystem.CO2_H2S ? 1 : GasTables.COLUMNS;
        var rows = new ArrayList<List<String>>();
        for (int quantity = 0; quantity < quantities; quantity++) {
            rows.add(new ArrayList<>());
        }
        var row = new double[GasTables.COLUMNS];
        for (int bar = 0; bar <= 600; bar += 10) {
            TABLES.compute(system, Interpolation.TRILINEAR, temp, salt, bar, row);
            for (int quantity = 0; quantity < quantities; quantity++) {
                rows.get(quantity).add(PythonNumbers.text(row[quantity]));
            }
        }
        return rows;
    }

    @GetMapping("/api/rate/calculate")
    RateAnswer rate(@RequestParam Map<String, String> parameters) {
        var query = new Query(parameters);
        String name = query.text("species");
        double temp = query.number("temp");
        double pH = query.number("pH");
        double iron = query.optional("feINPUT");
        double oxygen = query.optional("oINPUT");
        double carbon = query.optional("co2INPUT");
        query.check();
        var mineral = RATES.find(name)
                .orElseThrow(() -> Js2Refusal.of(404, "Species '" + name + "' not found in the database"));
        var state = RATES.at(mineral, RateRule.COMPATIBLE, new Conditions(temp, pH, iron, oxygen, carbon))
                .value();
        return new RateAnswer(
                RateText.rate(state.acid().value()),
                RateText.rate(state.base().value()),
                RateText.rate(state.neutral().value()),
                RateText.rate(state.fourth().value()),
                RateText.rate(state.total().value()),
                RateText.logarithm(state.total().value()),
                mineral.name(),
                mineral.reference().shortText(),
                PythonNumbers.text(temp),
                PythonNumbers.text(pH));
    }

    @GetMapping("/api/species")
    Data<SpeciesNames> species(@RequestParam Map<String, String> parameters) {
        var query = new Query(parameters);
        String what = query.text("query");
        query.check();
        if (what.equals("Species")) {
            return new Data<>(new SpeciesNames(species.rateNames()));
        }
        if (!DATABASES.contains(what)) {
            throw Js2Refusal.of(400, "Query called '" + what + "' is not supported. Use ['supcrtbl', 'supcrtbl_ree']");
        }
        return new Data<>(new SpeciesNames(
                species.names(what).orElseThrow(() -> Js2Refusal.of(503, "Database connection unavailable"))));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Js2Refusal refusal) {
        return ResponseEntity.status(refusal.status()).body(refusal.body());
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(InputException refusal) {
        return ResponseEntity.badRequest().body(new Js2Error(400, String.valueOf(refusal.getMessage())));
    }
}
