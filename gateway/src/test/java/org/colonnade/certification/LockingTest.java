package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whoever acts on what he saw is refused if somebody else was faster, whatever the act is. */
@WithDemo
class LockingTest {

    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";
    private static final Author MARIA = Author.person("Maria");
    private static final Author JONAS = Author.person("Jonas");

    @Value("${local.server.port}")
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Roles roles;

    @Autowired
    PersonalTokens tokens;

    @Autowired
    Demo demo;

    @Autowired
    Runs runs;

    @Autowired
    Datasets datasets;

    @Autowired
    Lumisections lumisections;

    @Autowired
    Configurations configurations;

    @Autowired
    Cycles cycles;

    @Autowired
    States states;

    @Autowired
    History history;

    @BeforeEach
    void load() {
        demo.load();
    }

    /** A run that is open in the demonstration, a different one each time. */
    private int open(int index) {
        return jdbc.sql("""
            select run_number from certification.run
            where state = 'OPEN' and significant and not deleted order by run_number offset :index limit 1
            """).param("index", index).query(Integer.class).single();
    }

    private DatasetKey reconstructed() {
        return jdbc.sql("""
            select run_number from certification.dataset
            where name = :name and not deleted and attributes @> '{"jetmet_state":"OPEN"}'
            order by run_number desc limit 1
            """)
                .param("name", PROMPT)
                .query((rs, n) -> new DatasetKey(rs.getInt(1), PROMPT))
                .single();
    }

    private long seen(DatasetKey key) {
        return Math.max(runs.get(key.run()).version(), datasets.get(key).version());
    }

    private void say(DatasetKey key, String component) {
        lumisections.edit(JONAS, new Lumisections.Verdict(key, component, 1, 1, "STANDBY", "", "", null));
    }

    private void assertRefused(Runnable act) {
        long before = history.latest();
        assertThatThrownBy(act::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.CONFLICT);
            assertThat(e.detail()).contains("somebody else meanwhile");
        });
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void aRunMovesOnlyFromWhatWasSeenOfItAndOfItsVerdicts() {
        int run = open(0);
        long seen = seen(DatasetKey.online(run));
        say(DatasetKey.online(run), "dt-dt");
        assertRefused(() -> runs.move(MARIA, run, "SIGNOFF", seen));
        long afterVerdict = seen(DatasetKey.online(run));
        runs.edit(
                JONAS, run, "stop_reason", JsonNodeFactory.instance.objectNode().put("stop_reason", "dump"), null);
        assertRefused(() -> runs.move(MARIA, run, "COMPLETED", afterVerdict));
        assertThat(runs.get(run).state()).isEqualTo("OPEN");
    }

    @Test
    void aDatasetMovesOnlyFromWhatWasSeenOfItAndItsRun() {
        DatasetKey key = reconstructed();
        long seen = seen(key);
        say(key, "tau-tau");
        assertRefused(() -> datasets.move(MARIA, key, "jetmet", "SIGNOFF", seen));
        long now = seen(key);
        datasets.move(JONAS, key, "jetmet", "SIGNOFF", now);
        assertRefused(() -> datasets.move(MARIA, key, "jetmet", "COMPLETED", now));
        datasets.move(MARIA, key, "jetmet", "OPEN", seen(key));
        assertThat(datasets.get(key).attributes().path("jetmet_state").stringValue())
                .isEqualTo("OPEN");
    }

    @Test
    void aBitAndAVerdictAreChangedOnlyFromWhatWasSeen() {
        DatasetKey key = DatasetKey.online(open(0));
        long seen = datasets.get(key).version();
        say(key, "csc-csc");
        assertRefused(() -> lumisections.editBit(MARIA, key, "cms_active", 1, 2, false, "was off", seen));
        assertRefused(
                () -> lumisections.edit(MARIA, new Lumisections.Verdict(key, "csc-csc", 1, 1, "GOOD", "", "", seen)));
        lumisections.editBit(
                MARIA,
                key,
                "cms_active",
                1,
                2,
                false,
                "was off",
                datasets.get(key).version());
        assertThat(states.dataset(key, States.NOW)
                        .orElseThrow()
                        .bits()
                        .lane("cms_active")
                        .at(2))
                .isEqualTo(JsonNodeFactory.instance.booleanNode(false));
    }

    @Test
    void ofSixteenWhoSawTheSameExactlyOneIsNotRefused() throws Exception {
        int run = open(1);
        long seen = seen(DatasetKey.online(run));
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 16; i++) {
                Author author = Author.person("shifter " + i);
                tasks.add(() -> {
                    try {
                        lumisections.edit(
                                author,
                                new Lumisections.Verdict(
                                        DatasetKey.online(run), "dt-dt", 2, 3, "STANDBY", author.name(), "", seen));
                        return done.incrementAndGet() > 0;
                    } catch (ProblemException slower) {
                        return slower.type() == ProblemType.CONFLICT;
                    }
                });
            }
            for (var each : threads.invokeAll(tasks)) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(done.get()).isOne();
    }

    @Test
    void pagesSendWhatWasSeenAndSayWhoWasFaster() {
        var manager = new Registry(
                port, Certifiers.token(jdbc, roles, tokens, "Elena", "certification.data-manager"), "/certification");
        int run = open(2);
        DatasetKey online = DatasetKey.online(run);
        long seen = seen(online);
        say(online, "dt-dt");
        Answer moved = manager.form("/runs/" + run + "/state", "to=SIGNOFF&seen=" + seen);
        assertThat(moved.status()).as(moved.text()).isEqualTo(409);
        assertThat(moved.text()).contains("Somebody else was faster").contains("Jonas");
        Answer bit = manager.form(
                "/runs/" + run + "/bit", "bit=cms_active&bit-ranges=3&value=false&bit-comment=was+off&seen=" + seen);
        assertThat(bit.status()).isEqualTo(409);
        assertThat(bit.text()).contains("Somebody else was faster").contains("value=\"was off\"");
        Answer table = manager.form("/online/global", "act=SIGNOFF&run=" + run + "&seen=" + seen + ":" + run);
        assertThat(table.status()).isEqualTo(422);
        assertThat(table.text()).contains("Run " + run + " was changed by somebody else meanwhile");
        DatasetKey dataset = reconstructed();
        long then = seen(dataset);
        say(dataset, "tau-tau");
        Answer offline = manager.form(
                "/offline/jetmet", "act=SIGNOFF&dataset=" + dataset.text() + "&seen=" + then + ":" + dataset.text());
        assertThat(offline.status()).isEqualTo(422);
        assertThat(offline.text()).contains("was changed by somebody else meanwhile");
        Answer batch = manager.form(
                "/offline/tau",
                "act=status&component=tau-tau&status=GOOD&dataset=" + dataset.text() + "&seen=" + then + ":"
                        + dataset.text());
        assertThat(batch.status()).isEqualTo(422);
        assertThat(batch.text()).contains("was changed by somebody else meanwhile");
        assertThat(runs.get(run).state()).isEqualTo("OPEN");
    }

    @Test
    void aCycleChangesOnlyFromWhatItsPageShowed() {
        var elena = new Registry(
                port, Certifiers.token(jdbc, roles, tokens, "Elena", "certification.data-manager"), "/certification");
        DatasetKey dataset = reconstructed();
        Cycle cycle = cycles.create(JONAS, "Of two editors", Instant.parse("2026-06-01T12:00:00Z"), List.of(dataset));
        String path = "/cycles/dt/" + cycle.id();
        String shown = shownVersion(elena.get(path).text());
        // meanwhile somebody else renames it
        cycles.edit(JONAS, cycle.id(), "Renamed", null, Map.of(), cycle.version());
        Cycle renamed = cycles.get(cycle.id());
        for (String act : List.of(
                "act=complete",
                "act=reopen",
                "act=edit&name=Mine&deadline=2026-07-01",
                "act=add&runs=" + dataset.run(),
                "act=remove&dataset=" + dataset.text(),
                "act=delete")) {
            Answer late = elena.form(path, act + "&version=" + shown);
            assertThat(late.status()).as(act).isEqualTo(422);
            assertThat(late.text()).as(act).contains("Cycle Renamed was changed by somebody else meanwhile");
        }
        assertThat(cycles.get(cycle.id())).isEqualTo(renamed);
        // who looks again may go on, and keeps what he did not type
        String now = shownVersion(elena.get(path).text());
        cycles.edit(JONAS, cycle.id(), null, null, Map.of("dt", Cycle.COMPLETED), null);
        cycles.edit(MARIA, cycle.id(), "Mine", null, Map.of(), null);
        assertThat(cycles.get(cycle.id()).isCompletedIn("dt")).isTrue();
        assertThat(elena.form(path, "act=delete&version=" + now).status()).isEqualTo(422);
        assertThat(elena.form(
                                path,
                                "act=delete&version="
                                        + shownVersion(elena.get(path).text()))
                        .status())
                .isEqualTo(302);
        assertThat(cycles.all("dt")).noneMatch(c -> c.id() == cycle.id());
    }

    private static String shownVersion(String page) {
        var sent = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page);
        assertThat(sent.find()).isTrue();
        return sent.group(1);
    }

    @Test
    void anImportedConfigurationReplacesOnlyTheOneItWasExportedFrom() throws Exception {
        var admin = new Registry(port, Certifiers.token(jdbc, roles, tokens, "Ada", "admin"), "/api/v1/certification");
        String yaml = admin.get("/configuration").text();
        long version = configurations.current().version();
        String tag = "\"" + version + "\"";
        String mine = yaml.replace("createdBy: Kenji Sato", "createdBy: Amira Haddad");
        String theirs = yaml.replace("createdBy: Kenji Sato", "createdBy: Jonas Weber");
        assertThat(mine).isNotEqualTo(yaml);
        // both exported it, one is faster
        assertThat(admin.send("PUT", "/configuration", theirs, "If-Match", tag).status())
                .isEqualTo(200);
        Answer slower = admin.send("PUT", "/configuration", mine, "If-Match", tag);
        assertThat(slower.status()).as(slower.text()).isEqualTo(412);
        assertThat(slower.detail()).contains("version");
        assertThat(admin.send("PUT", "/configuration?dryRun=true", mine, "If-Match", tag)
                        .status())
                .isEqualTo(412);
        assertThat(admin.get("/configuration").text()).isEqualTo(theirs);
        // of many at once each sees what the one before wrote, or is refused
        long before = configurations.current().version();
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                String name = "createdBy: Writer " + i;
                tasks.add(() -> admin.send(
                                "PUT",
                                "/configuration",
                                yaml.replace("createdBy: Kenji Sato", name),
                                "If-Match",
                                "\"" + before + "\"")
                        .status());
            }
            for (var each : threads.invokeAll(tasks)) {
                statuses.add(each.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 409, 412);
        assertThat(history.latest()).isGreaterThan(before);
        assertThat(admin.send("PUT", "/configuration", yaml).status()).isEqualTo(200);
        assertThat(List.of(admin.get("/configuration").text())).containsExactly(yaml);
    }
}
