package org.colonnade.execution.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.UUID;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class SecretStoreTest {

    private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nvery secret ü\n";

    @TempDir
    Path folder;

    @Autowired
    JdbcClient jdbc;

    private final String name = "test-" + UUID.randomUUID();

    @AfterEach
    void clear() {
        jdbc.sql("delete from execution.secret where name like 'test-%'").update();
    }

    @Test
    void aSecretComesBackAndStandsNowhereInClear() {
        // when
        store(OLD).put(name, KEY);
        // then
        assertThat(store(OLD).get(name)).contains(KEY);
        byte[] atRest = jdbc.sql("select content from execution.secret where name = :name")
                .param("name", name)
                .query((row, n) -> row.getBytes(1))
                .single();
        assertThat(new String(atRest, StandardCharsets.ISO_8859_1)).doesNotContain("secret", "BEGIN");
        assertThat(new SecretProperties(OLD, Path.of("x")).toString()).doesNotContain(OLD);
    }

    @Test
    void theSameSecretIsNeverEncryptedTheSameWayTwice() {
        store(OLD).put(name, KEY);
        byte[] first = content(name);
        store(OLD).put(name, KEY);
        assertThat(content(name)).isNotEqualTo(first);
    }

    @Test
    void whatWasAlteredOrMovedToAnotherNameDoesNotOpen() {
        // given
        store(OLD).put(name, KEY);
        jdbc.sql(
                        "insert into execution.secret select name || '-copy', key, content, now() from execution.secret where name = :name")
                .param("name", name)
                .update();
        // then
        assertThatThrownBy(() -> store(OLD).get(name + "-copy"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("very secret");
        jdbc.sql(
                        "update execution.secret set content = set_byte(content, 20, 255 - get_byte(content, 20)) where name = :name")
                .param("name", name)
                .update();
        assertThatThrownBy(() -> store(OLD).get(name)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aChangeOfKeysEncryptsEverythingAnewAndThenTheOldKeyMayGo() {
        // given
        store(OLD).put(name, KEY);
        assertThatThrownBy(() -> store(NEW).get(name)).hasMessageContaining("not among the given keys");
        // when
        SecretStore both = store(NEW + "\n" + OLD);
        assertThat(both.renew()).isPositive();
        // then
        assertThat(store(NEW).get(name)).contains(KEY);
        assertThat(both.renew()).isZero();
    }

    @Test
    void withoutAKeyOneIsMadeThatOnlyTheGatewayCanRead() throws Exception {
        Path file = folder.resolve("deep").resolve("secrets.key");
        store(null, file).put(name, KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(store(null, file).get(name)).contains(KEY);
    }

    @Test
    void aKeyOfTheWrongLengthIsRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> store("c2hvcnQ=").put(name, KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void aRemovedSecretIsGone() {
        store(OLD).put(name, KEY);
        store(OLD).remove(name);
        assertThat(store(OLD).get(name)).isEmpty();
    }

    private byte[] content(String of) {
        return jdbc.sql("select content from execution.secret where name = :name")
                .param("name", of)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    private SecretStore store(String keys) {
        return store(keys, folder.resolve("unused"));
    }

    private SecretStore store(@Nullable String keys, Path file) {
        return new SecretStore(jdbc, new SecretProperties(keys, file));
    }
}
