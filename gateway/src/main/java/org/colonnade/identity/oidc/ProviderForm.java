package org.colonnade.identity.oidc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.colonnade.identity.page.Inputs;

/** An administrator's form about a provider. */
final class ProviderForm {

    private static final String KEY = "key";
    private static final String TITLE = "title";
    private static final String ISSUER = "issuer";
    private static final String CLIENT = "clientId";
    private static final String SECRET = "clientSecret";
    private static final String SCOPES = "scopes";
    private static final String GROUPS = "groupsClaim";
    private static final String ROLES = "roles";
    private static final String DOMAINS = "domains";
    private static final String ENTITIES = "entityIds";

    private final Inputs inputs = new Inputs();

    private ProviderForm() {}

    static ProviderForm empty() {
        var form = new ProviderForm();
        form.inputs.put(SCOPES, "email profile");
        return form;
    }

    static ProviderForm of(Provider provider) {
        var form = new ProviderForm();
        form.inputs
                .put(KEY, provider.key())
                .put(TITLE, provider.title())
                .put(ISSUER, provider.issuer())
                .put(CLIENT, provider.clientId())
                .put(SCOPES, String.join(" ", provider.scopes()))
                .put(GROUPS, provider.groupsClaim())
                .put(ROLES, String.join("\n", provider.roles()))
                .put(DOMAINS, String.join("\n", provider.domains()))
                .put(ENTITIES, String.join("\n", provider.entityIds()));
        return form;
    }

    static ProviderForm read(Map<String, String> parameters) {
        var form = new ProviderForm();
        for (String field : List.of(KEY, TITLE, ISSUER, CLIENT, SECRET, SCOPES, GROUPS, ROLES, DOMAINS, ENTITIES)) {
            form.inputs.put(field, parameters.get(field));
        }
        form.judge();
        return form;
    }

    private void judge() {
        if (!value(KEY).matches("[a-z][a-z0-9-]{0,39}")) {
            inputs.wrong(KEY, "A key has 1 to 40 of a-z, 0-9 and -, and begins with a letter.");
        }
        if (value(TITLE).isEmpty() || value(TITLE).length() > 100) {
            inputs.wrong(TITLE, "Say in 1 to 100 characters what stands on the button.");
        }
        // Plain HTTP only to this machine, for tests and trials.
        if (!value(ISSUER).matches("https://\\S+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/\\S*)?")) {
            inputs.wrong(ISSUER, "An issuer is an address that begins with https://.");
        }
        if (value(CLIENT).isEmpty()) {
            inputs.wrong(CLIENT, "Enter the id that the provider gave this gateway.");
        }
        words(ROLES).stream()
                .filter(rule -> rule.lastIndexOf('=') < 1 || rule.endsWith("="))
                .findFirst()
                .ifPresent(rule -> inputs.wrong(ROLES, "\"" + rule + "\" is not of the form group=role."));
    }

    Inputs inputs() {
        return inputs;
    }

    Provider provider() {
        return new Provider(
                value(KEY),
                value(TITLE),
                value(ISSUER),
                value(CLIENT),
                value(SECRET).isEmpty() ? null : value(SECRET),
                words(SCOPES),
                value(GROUPS).isEmpty() ? null : value(GROUPS),
                words(ROLES),
                words(DOMAINS),
                words(ENTITIES),
                true);
    }

    private String value(String field) {
        return inputs.value(field);
    }

    private List<String> words(String field) {
        return Arrays.stream(value(field).split("\\s+"))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
