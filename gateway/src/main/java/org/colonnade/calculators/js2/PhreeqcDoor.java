package org.colonnade.calculators.js2;

import java.util.List;
import java.util.Map;
import org.colonnade.web.FrontDoor;
import org.springframework.stereotype.Component;

/** PHREEQC under the paths of the js2 geochemistry gateway. */
@Component
class PhreeqcDoor implements FrontDoor {

    @Override
    public String prefix() {
        return "/api/phreeqc";
    }

    /** Missing parameters are told in the form of that gateway's framework, everything else in its own. */
    @Override
    public Object errorBody(int status, String message) {
        return status == 422
                ? Map.of("detail", List.of(Map.of("type", "value_error", "loc", List.of("body"), "msg", message)))
                : new Js2Error(status, message);
    }
}
