package org.colonnade.identity.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.colonnade.identity.ProfileField;
import org.jspecify.annotations.Nullable;

/** What somebody typed into a form, and what is wrong with it, by field. Templates read both. */
public final class Inputs {

    /** One part before and a dotted name after the sign: enough to send a mail, which then proves the rest. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[^@\\s<>\",;:\\\\()\\[\\]]{1,64}@[^@\\s<>\",;:\\\\()\\[\\]]+\\.[^@\\s<>\",;:\\\\()\\[\\].]{2,}");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    public Inputs put(String field, @Nullable String value) {
        values.put(field, value == null ? "" : value.strip());
        return this;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }

    public Map<String, String> getErrors() {
        return errors;
    }

    public void wrong(String field, String message) {
        errors.putIfAbsent(field, message);
    }

    public boolean isGood() {
        return errors.isEmpty();
    }

    void requireName() {
        String name = value("name");
        if (name.isEmpty()) {
            wrong("name", "Enter your name.");
        } else if (name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            wrong("name", "A name is one line of at most 200 characters.");
        }
    }

    void requireAddress() {
        String email = value("email");
        if (email.length() > 254 || !ADDRESS.matcher(email).matches()) {
            wrong("email", "Enter an e-mail address like name@example.edu.");
        }
    }

    /** Takes the answers to what columns ask. */
    Map<String, String> answers(List<ProfileField> fields, Map<String, String> parameters) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (ProfileField field : fields) {
            String name = "field-" + field.key();
            put(name, parameters.get(name));
            String answer = value(name);
            if (answer.isEmpty() && field.required()) {
                wrong(name, "This is needed.");
            } else if (answer.length() > field.maxLength()) {
                wrong(name, "At most " + field.maxLength() + " characters.");
            }
            answers.put(field.key(), answer);
        }
        return answers;
    }
}
