package org.colonnade.identity;

/**
 * A role that a room knows. A bean of this type makes it grantable.
 *
 * @param name begins with the room, e.g. {@code certification.shifter}
 * @param title as printed, e.g. {@code Shifter}
 * @param description one sentence: what its holder may do
 */
public record RoleDeclaration(String name, String title, String description) {

    /** Set for everybody who was approved. */
    public static final String USER = "user";

    /** May do everything. */
    public static final String ADMIN = "admin";

    public RoleDeclaration {
        if (!name.equals(ADMIN) && !name.matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("A role's name is the room's, a dot, and its own");
        }
    }
}
