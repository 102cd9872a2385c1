package org.colonnade.certification.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Version;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The configuration now, and as of any version. Until somebody writes one, it is the one that is shipped. */
@Component
public class Configurations {

    /** A configuration, its rules ready for use, and the version that brought it; 0 for the shipped one. */
    public record Current(long version, Configuration document, RuleBook rules) {}

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final States states;
    private final Current shipped;
    private final AtomicReference<Current> latest;

    Configurations(JdbcClient jdbc, Ledger ledger, States states) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.states = states;
        Configuration base = shipped();
        shipped = new Current(0, base, new RuleBook(base));
        latest = new AtomicReference<>(shipped);
    }

    public Current current() {
        long version = jdbc.sql("""
            select coalesce(max(version), 0)
            from certification.configuration
            where version <> all (cast(:revoked as bigint[]))
            """)
                .param("revoked", revoked(States.NOW))
                .query(Long.class)
                .single();
        Current known = latest.get();
        if (known.version() != version) {
            known = asOf(version);
            latest.set(known);
        }
        return known;
    }

    public Current asOf(long version) {
        Optional<Current> found = jdbc.sql("""
            select version, document
            from certification.configuration
            where version <= :version and version <> all (cast(:revoked as bigint[]))
            order by version desc
            limit 1
            """)
                .param("version", version)
                .param("revoked", revoked(version))
                .query((rs, n) -> {
                    Configuration document = MAPPER.readValue(rs.getString("document"), Configuration.class);
                    return new Current(rs.getLong("version"), document, new RuleBook(document));
                })
                .optional();
        return found.orElse(shipped);
    }

    /** What was undone does not count. */
    private Long[] revoked(long asOf) {
        return states.revoked(asOf).toArray(Long[]::new);
    }

    /** When it was changed, by whom and how; the newest first. */
    public List<Version> versions() {
        return jdbc.sql("""
            select v.version, v.author, v.comment, v.at
            from certification.configuration c
            join certification.version v using (version)
            order by c.version desc
            """)
                .query((rs, n) -> new Version(
                        rs.getLong("version"),
                        rs.getString("author"),
                        rs.getString("comment"),
                        rs.getTimestamp("at").toInstant()))
                .list();
    }

    /**
     * Writes a new configuration.
     *
     * @param change is given the present one, which nobody else changes meanwhile
     * @throws org.colonnade.certification.rule.RuleException if one of its rules cannot be compiled
     */
    public Configuration change(Author author, String comment, UnaryOperator<Configuration> change) {
        return ledger.write(author, comment, draft -> {
            Configuration before = current().document();
            Configuration after = change.apply(before);
            ConfigurationCheck.check(after);
            if (!after.equals(before)) {
                jdbc.sql("""
                    insert into certification.configuration (version, document)
                    values (:version, :document::json)
                    """)
                        .param("version", draft.version().version())
                        .param("document", MAPPER.writeValueAsString(after))
                        .update();
            }
            return after;
        });
    }

    /**
     * The same by somebody who looked at the configuration before.
     *
     * @param seen its version then; 0 for the shipped one
     * @throws ProblemException if somebody else changed it since
     */
    public Configuration change(Author author, String comment, long seen, UnaryOperator<Configuration> change) {
        return change(author, comment, before -> {
            long version = current().version();
            if (version != seen) {
                throw ProblemException.of(
                        ProblemType.CONFLICT,
                        "The configuration was changed by somebody else meanwhile: it is now that of version "
                                + version);
            }
            return change.apply(before);
        });
    }

    private static Configuration shipped() {
        try (InputStream stream = Configurations.class.getResourceAsStream("/certification/base.yaml")) {
            return ConfigurationYaml.read(
                    new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
