package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.colonnade.certification.certify.Rights;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where scripts for the production registry fetch a token before every call: client id and secret as HTTP Basic. The secret
 * is a personal token of ours, and it is given back: it can do exactly what its owner let it do, and no more.
 */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class TokenController {

    private static final int SECONDS = 1200;

    private final Rights rights;

    TokenController(Rights rights) {
        this.rights = rights;
    }

    @PostMapping("/auth/realms/cern/api-access/token")
    ObjectNode token(@RequestHeader(name = "Authorization", required = false) @Nullable String basic, Visitor visitor) {
        rights.requireApproved(visitor);
        return Shapes.object()
                .put("access_token", secret(basic))
                .put("token_type", "Bearer")
                .put("expires_in", SECONDS);
    }

    /** The credential was judged before the request came here. */
    private static String secret(@Nullable String basic) {
        if (basic == null || !basic.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw Body.invalid("Send the client id and secret as HTTP Basic");
        }
        String pair = new String(Base64.getDecoder().decode(basic.substring(6).strip()), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
    }
}
