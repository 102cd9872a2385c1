package org.colonnade.calculators.supcrt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.colonnade.web.FrontDoor;
import org.springframework.stereotype.Component;

/** SUPCRTBL under the paths of the js2 geochemistry gateway. */
@Component
class SupcrtDoor implements FrontDoor {

    /** An error that the service raises itself. */
    record Refusal(@JsonProperty("status_code") int statusCode, String message) {}

    @Override
    public String prefix() {
        return "/api/supcrtbl";
    }

    /** Wrong fields are told in the form of that gateway's framework, everything else in its own. */
    @Override
    public Object errorBody(int status, String message) {
        return status == 422
                ? Map.of("detail", List.of(Map.of("type", "value_error", "loc", List.of("body"), "msg", message)))
                : new Refusal(status, message);
    }
}
