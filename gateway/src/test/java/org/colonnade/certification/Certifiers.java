package org.colonnade.certification;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts of people who certify data, each with a token for scripts. */
public final class Certifiers {

    private Certifiers() {}

    /** @return a token of a new account that has the roles */
    public static String token(JdbcClient jdbc, Roles roles, PersonalTokens tokens, String name, String... granted) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into identity.account (id, name, email, email_verified_at, local, standing)
                        values (:id, :name, :email, now(), true, 'APPROVED')
                        """)
                .param("id", id)
                .param("name", name)
                .param("email", name.replace(' ', '.') + "-" + id + "@lab.example")
                .update();
        roles.synchronize(id, "provider:test", List.of(granted));
        return tokens.create(Visitor.SYSTEM, id, "script", Set.of(PersonalTokens.Scope.values()), Duration.ofHours(1))
                .token();
    }
}
