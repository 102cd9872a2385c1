package org.colonnade.certification.golden;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what was asked for and what came out. */
@Service
public class GoldenRecords {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String COLUMNS = """
            select id, job, owner, created_by, official, tags, dataset_name_filter, rule, several, created_at, updated_at,
                   version, digest, record, deleted
            from certification.golden_json
            """;

    private final JdbcClient jdbc;
    private final ObjectProvider<Jobs> jobs;

    GoldenRecords(JdbcClient jdbc, ObjectProvider<Jobs> jobs) {
        this.jdbc = jdbc;
        this.jobs = jobs;
    }

    /** What somebody asks for. */
    public record Asked(JsonNode rule, String names, String tags, boolean official, Several several) {

        /** Several datasets of a run are united. */
        public Asked(JsonNode rule, String names, String tags, boolean official) {
            this(rule, names, tags, official, Several.UNION);
        }
    }

    /** @param record null until it is computed */
    public record Stored(
            int id,
            @Nullable JobId job,
            String owner,
            String createdBy,
            Asked asked,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Long version,
            @Nullable String digest,
            @Nullable JsonNode record,
            boolean deleted) {}

    /** Which of them to list. */
    public enum Whose {
        BY_EMAIL,
        OFFICIAL,
        ALL;

        /** @throws IllegalArgumentException if there is no such list */
        public static Whose of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** Stores the request and the job that will answer it, or neither. */
    @Transactional
    public Stored submit(Visitor visitor, Asked asked) {
        int id = jdbc.sql("""
                        insert into certification.golden_json
                            (owner, created_by, official, tags, dataset_name_filter, rule, several)
                        values (:owner, :by, :official, :tags, :names, :rule::json, :several)
                        returning id
                        """)
                .param("owner", visitor.owner().value())
                .param("by", visitor.name())
                .param("official", asked.official())
                .param("tags", asked.tags())
                .param("names", asked.names())
                .param("rule", asked.rule().toString())
                .param("several", asked.several().name().toLowerCase(Locale.ROOT))
                .query(Integer.class)
                .single();
        String input = JsonNodeFactory.instance.objectNode().put("id", id).toString();
        JobId job = jobs.getObject()
                .submit(JobRequest.of(
                        GoldenHandler.KIND,
                        visitor.owner(),
                        "Golden JSON " + id + " of " + shortened(asked.names()),
                        input));
        jdbc.sql("update certification.golden_json set job = :job where id = :id")
                .param("job", job.value())
                .param("id", id)
                .update();
        return find(id).orElseThrow();
    }

    public Optional<Stored> find(int id) {
        return jdbc.sql(COLUMNS + " where id = :id")
                .param("id", id)
                .query(GoldenRecords::stored)
                .optional();
    }

    /** Ten, the newest first. */
    public List<Stored> list(Whose whose, Owner owner, @Nullable Integer before) {
        return jdbc.sql(COLUMNS + """
                         where not deleted
                           and id < :before
                           and (:all or (:official and official) or (:mine and owner = :owner))
                         order by id desc
                         limit 10
                        """)
                .param("before", before == null ? Integer.MAX_VALUE : before)
                .param("all", whose == Whose.ALL)
                .param("official", whose == Whose.OFFICIAL)
                .param("mine", whose == Whose.BY_EMAIL)
                .param("owner", owner.value())
                .query(GoldenRecords::stored)
                .list();
    }

    /**
     * Keeps a file that another registry made, under its number and with the version that it was made from.
     *
     * @param row fields as the Run Registry names them
     * @return whether its ranges had to be united
     * @throws org.colonnade.certification.rule.RuleException if it is none
     */
    public boolean takeOver(ObjectNode row) {
        var json = JsonNodeFactory.instance.objectNode();
        GoldenDifference.read(row.path("generated_json"))
                .forEach((run, ranges) -> json.set(Integer.toString(run), MAPPER.valueToTree(ranges.toPairs())));
        boolean repaired = !json.equals(row.path("generated_json"));
        ObjectNode record = row.deepCopy();
        record.remove(List.of("id", "dataset_name_filter", "tags", "created_by", "official", "deleted", "createdAt"));
        record.set("generated_json", json);
        String digest = Pieces.digest(List.of(json.toString()));
        record.put("digest", digest);
        jdbc.sql("""
                        insert into certification.golden_json
                            (id, owner, created_by, official, tags, dataset_name_filter, rule, several, created_at,
                             version, digest, record)
                        overriding system value
                        values (:id, 'system', :by, :official, :tags, :names, :rule::json, 'union',
                                cast(:at as timestamptz), :version, :digest, :record::json)
                        """)
                .param("id", row.path("id").asInt(0))
                .param("by", row.path("created_by").asString(""))
                .param("official", row.path("official").asBoolean(false))
                .param("tags", row.path("tags").asString(""))
                .param("names", row.path("dataset_name_filter").asString(""))
                .param("rule", row.path("json_logic").toString())
                .param("at", row.path("createdAt").asString("now"))
                .param("version", Long.parseLong(row.path("runregistry_version").asString("0")))
                .param("digest", digest)
                .param("record", record.toString())
                .update();
        jdbc.sql("""
                        select setval(pg_get_serial_sequence('certification.golden_json', 'id'),
                                      (select max(id) from certification.golden_json))
                        """).query(Long.class).single();
        return repaired;
    }

    /**
     * @param recorded luminosity of all runs from the first of the file to its last, in 1/pb
     * @param delivered the same
     */
    void complete(int id, Golden.File file, double recorded, double delivered) {
        String told = file.told();
        String record = told.substring(0, told.length() - 1)
                + ",\"total_recorded_luminosity_from_run_range\":" + Members.number(recorded)
                + ",\"total_delivered_luminosity_from_run_range\":" + Members.number(delivered) + "}";
        jdbc.sql("""
                        update certification.golden_json
                        set version = :version, digest = :digest, record = :record::json, updated_at = now()
                        where id = :id
                        """)
                .param("version", file.version())
                .param("digest", file.digest())
                .param("record", record)
                .param("id", id)
                .update();
    }

    public void delete(int id) {
        jdbc.sql("update certification.golden_json set deleted = true, updated_at = now() where id = :id")
                .param("id", id)
                .update();
    }

    /** Luminosity that was recorded in a range of runs, in 1/pb: recorded and delivered. */
    double[] luminosityOfRuns(int first, int last) {
        return jdbc.sql("""
                        select coalesce(sum(recorded), 0), coalesce(sum(delivered), 0)
                        from certification.dataset
                        where name = 'online' and not deleted and run_number between :first and :last
                        """)
                .param("first", first)
                .param("last", last)
                .query((rs, n) -> new double[] {rs.getDouble(1), rs.getDouble(2)})
                .single();
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    private static Stored stored(ResultSet rs, int n) throws SQLException {
        UUID job = rs.getObject("job", UUID.class);
        String record = rs.getString("record");
        long version = rs.getLong("version");
        boolean computed = !rs.wasNull();
        return new Stored(
                rs.getInt("id"),
                job == null ? null : new JobId(job),
                rs.getString("owner"),
                rs.getString("created_by"),
                new Asked(
                        MAPPER.readTree(rs.getString("rule")),
                        rs.getString("dataset_name_filter"),
                        rs.getString("tags"),
                        rs.getBoolean("official"),
                        Several.valueOf(rs.getString("several").toUpperCase(Locale.ROOT))),
                rs.getTimestamp("created_at").toInstant(),
                rs.getTimestamp("updated_at").toInstant(),
                computed ? version : null,
                rs.getString("digest"),
                record == null ? null : MAPPER.readTree(record),
                rs.getBoolean("deleted"));
    }
}
