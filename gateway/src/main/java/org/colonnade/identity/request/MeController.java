package org.colonnade.identity.request;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.TreeSet;
import org.colonnade.identity.Visitor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller who the gateway takes them for. */
@RestController
@Tag(name = "Tokens", description = "Credentials for scripts, instead of a password")
class MeController {

    /** @param owner the name under which the caller's work is kept */
    record Me(String name, boolean guest, String owner, Set<String> roles) {}

    @GetMapping("/api/v1/me")
    @Operation(summary = "Who the gateway takes you for")
    Me me(Visitor visitor) {
        return new Me(visitor.name(), visitor.guest(), visitor.owner().value(), new TreeSet<>(visitor.roles()));
    }
}
