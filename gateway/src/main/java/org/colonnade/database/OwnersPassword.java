package org.colonnade.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The password of the embedded server's one role. A fresh cluster believes everybody on the machine; on one that people
 * share, that is too many.
 *
 * @param text readable by the gateway's own user alone
 */
record OwnersPassword(String text) {

    static final String ROLE = "postgres";

    private static final String ACCESS = """
        # Written by Colonnade.
        local all all scram-sha-256
        host  all all 127.0.0.1/32 scram-sha-256
        """;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static OwnersPassword keptIn(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            var random = new byte[32];
            new SecureRandom().nextBytes(random);
            Path fresh = Files.createTempFile(folder, "password", "", OWNER_ONLY);
            Files.writeString(fresh, HexFormat.of().formatHex(random));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new OwnersPassword(Files.readString(file).strip());
    }

    /** From now on the server lets nobody in without it. Does nothing where that is so already. */
    void demand(DataSource server, Path cluster) throws IOException {
        Path access = cluster.resolve("pg_hba.conf");
        if (Files.readString(access).equals(ACCESS)) {
            return;
        }
        JdbcClient jdbc = JdbcClient.create(server);
        // A utility statement takes no parameters; the password is hexadecimal digits.
        jdbc.sql("alter role " + ROLE + " password '" + text + "'").update();
        Files.writeString(access, ACCESS);
        jdbc.sql("select pg_reload_conf()").query().singleValue();
    }
}
