package org.colonnade.calculators.js2;

import java.util.List;
import java.util.Map;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.web.FrontDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The calculators under the paths of the js2 geochemistry gateway. */
@Configuration(proxyBeanMethods = false)
class CalculatorDoors {

    @Bean
    FrontDoor co2Door() {
        return new Door("/api/co2");
    }

    @Bean
    FrontDoor h2sDoor() {
        return new Door("/api/h2s");
    }

    @Bean
    FrontDoor rateDoor() {
        return new Door("/api/rate");
    }

    @Bean
    FrontDoor speciesDoor() {
        return new Door("/api/species");
    }

    @Bean
    ColumnPaths calculatorDoorPaths() {
        return new ColumnPaths(
                "calculators", List.of("/api/co2", "/api/h2s", "/api/rate", "/api/species", "/api/phreeqc"));
    }

    private record Door(String prefix) implements FrontDoor {

        /** Wrong parameters are told in the form of that gateway's framework, everything else in its own. */
        @Override
        public Object errorBody(int status, String message) {
            return status == 422
                    ? Map.of("detail", List.of(Map.of("type", "value_error", "loc", List.of("query"), "msg", message)))
                    : new Js2Error(status, message);
        }
    }
}
