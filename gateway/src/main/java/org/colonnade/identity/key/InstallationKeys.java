package org.colonnade.identity.key;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys made once per installation; all gateways on one database share them. */
@Component
public class InstallationKeys {

    private final JdbcClient jdbc;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    InstallationKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return 32 random bytes, the same for the same name for ever */
    public byte[] get(String name) {
        byte[] key = known.get(name);
        if (key == null) {
            key = load(name);
            known.put(name, key);
        }
        return key.clone();
    }

    private byte[] load(String name) {
        jdbc.sql("""
                insert into identity.installation_key (name, value)
                values (:name, :value)
                on conflict (name) do nothing
                """).param("name", name).param("value", Secrets.randomBytes()).update();
        return jdbc.sql("select value from identity.installation_key where name = :name")
                .param("name", name)
                .query((row, n) -> row.getBytes(1))
                .single();
    }
}
