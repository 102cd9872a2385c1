package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configuration.Right;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.History;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What pages hide the server refuses: every act, by page, by API and by the Run Registry's paths, needs its own right in its
 * own workspace, and nothing else. Whoever has the right is told about the run that does not exist instead.
 */
@WithDemo
class RightsTest {

    private static final String ROLE = "certification.shifter";
    private static final int NO_RUN = 999_999;

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
    Configurations configurations;

    @Autowired
    History history;

    private Configuration before;

    @BeforeEach
    void remember() {
        demo.load();
        before = configurations.current().document();
    }

    @AfterEach
    void restore() {
        configurations.change(Author.AUTOMATIC, "restored", now -> before);
    }

    /**
     * @param workspaces in all of which the right is needed
     * @param door what stands before the path
     */
    record Act(String action, List<String> workspaces, String door, String method, String path, String body) {

        @Override
        public String toString() {
            return action + " in " + String.join(" and ", workspaces) + ": " + method + " " + door + path + " "
                    + (door.equals("/certification") ? body : "");
        }

        boolean isPage() {
            return door.equals("/certification");
        }
    }

    private static Act old(String action, String workspace, String method, String path, String body) {
        return new Act(action, List.of(workspace), "/runregistry", method, path, body);
    }

    private static Act api(String action, String workspace, String method, String path, String body) {
        return new Act(action, List.of(workspace), "/api/v1/certification", method, path, body);
    }

    private static Act page(String action, String workspace, String path, String form) {
        return new Act(action, List.of(workspace), "/certification", "POST", path, form);
    }

    static Stream<Act> acts() {
        String run = "{\"run_number\":" + NO_RUN + "}";
        String dataset = "{\"run_number\":" + NO_RUN + ",\"dataset_name\":\"/A/B/C\"}";
        String nothing = "{\"filter\":{\"run_number\":" + NO_RUN + "}}";
        String range = "{\"run_number\":" + NO_RUN
                + ",\"dataset_name\":\"online\",\"component\":\"%s\",\"new_lumisection_range\":{\"start\":1,\"end\":1,\"status\":\"%s\",\"comment\":\"why"
                + " not\",\"cause\":\"\"}}";
        String columns = "{\"filter\":{\"run_number\":" + NO_RUN + "},\"source_dataset_name\":\"/A/B/C\","
                + "\"target_dataset_name\":\"/A/B/D\",\"columns_to_copy\":[\"dt-dt\"],\"columns_to_update\":[\"dt-dt\"],"
                + "\"new_status\":\"GOOD\",\"workspaces_to_duplicate_into\":[\"dt\"]}";
        String key = "dataset=" + NO_RUN + "-/A/B/C";
        String chosen = "{\"datasets\":[{\"run\":" + NO_RUN + ",\"name\":\"/A/B/C\"}]";
        String chosenRun = "{\"runs\":[{\"run\":" + NO_RUN + "}]";
        Stream<Act> old = Stream.of(
                old("run.class", "global", "PUT", "/manual_run_edit/" + NO_RUN + "/class", "{\"class\":\"X\"}"),
                old(
                        "run.stop_reason",
                        "global",
                        "PUT",
                        "/manual_run_edit/" + NO_RUN + "/stop_reason",
                        "{\"stop_reason\":\"X\"}"),
                old(
                        "run.short_run",
                        "global",
                        "PUT",
                        "/manual_run_edit/" + NO_RUN + "/short_run",
                        "{\"short_run\":true}"),
                old("run.significant", "global", "POST", "/runs/mark_significant", run),
                old("run.move", "global", "POST", "/runs/move_run/OPEN/SIGNOFF", run),
                old("run.refresh", "global", "POST", "/runs/refresh_run/" + NO_RUN, ""),
                old("run.reset", "global", "POST", "/runs/reset_and_refresh_run/" + NO_RUN, ""),
                old("ingest", "global", "POST", "/runs/", "{}"),
                old("ingest", "global", "PUT", "/automatic_run_update/" + NO_RUN, "{}"),
                old("ingest", "global", "POST", "/dataset_appeared_in_dbs", dataset),
                old("ingest", "global", "POST", "/dataset_appeared_in_dqm_gui", dataset),
                old(
                        "lumisection.edit",
                        "dt",
                        "PUT",
                        "/lumisections/edit_rr_lumisections",
                        range.formatted("dt-dt", "GOOD")),
                old(
                        "lumisection.edit-oms",
                        "global",
                        "PUT",
                        "/lumisections/edit_oms_lumisections",
                        range.formatted("dtm_ready", "true")),
                old("dataset.create", "global", "POST", "/datasets", dataset),
                old("dataset.move", "dt", "POST", "/datasets/dt/move_dataset/OPEN/SIGNOFF", dataset),
                old("dataset.hide", "global", "DELETE", "/dc_tools/hide_datasets", nothing),
                new Act(
                        "dataset.duplicate",
                        List.of("dt", "global"),
                        "/runregistry",
                        "POST",
                        "/dc_tools/duplicate_datasets",
                        columns),
                old("dataset.batch", "dt", "POST", "/dc_tools/copy_column_from_datasets", columns),
                old("dataset.batch", "dt", "POST", "/dc_tools/dataset_column_batch_update", columns),
                old("dataset.move", "dt", "POST", "/dc_tools/change_multiple_dataset_states/dt/OPEN/SIGNOFF", nothing),
                old(
                        "dataset.move-everywhere",
                        "global",
                        "POST",
                        "/dc_tools/change_multiple_dataset_states_in_all_workspaces/OPEN",
                        nothing),
                old("cycle.manage", "global", "POST", "/cycles", "{}"),
                old("cycle.manage", "global", "PUT", "/cycles", "{\"id_cycle\":999}"),
                old("cycle.manage", "global", "DELETE", "/cycles", "{\"id_cycle\":999}"),
                old("cycle.manage", "global", "POST", "/cycles/add_datasets", "{\"id_cycle\":999}"),
                old("cycle.manage", "global", "POST", "/cycles/delete_datasets_from_cycle", "{\"id_cycle\":999}"),
                old("cycle.complete", "dt", "PUT", "/cycles/mark_cycle_complete/dt", "{\"id_cycle\":999}"),
                old("cycle.complete", "dt", "PUT", "/cycles/mark_cycle_pending/dt", "{\"id_cycle\":999}"),
                old("cycle.move", "dt", "POST", "/cycles/move_dataset/dt/OPEN/SIGNOFF", "{\"id_cycle\":999}"),
                old("cycle.move", "dt", "POST", "/cycles/move_all_datasets_to/dt", "{\"id_cycle\":999}"),
                old("configuration.classes", "global", "POST", "/classifiers/class", "{}"),
                old("configuration.classes", "global", "DELETE", "/classifiers/class/999999", ""),
                old("configuration.acceptedDatasets", "global", "POST", "/datasets_accepted", "{}"),
                old("configuration.acceptedDatasets", "global", "PUT", "/datasets_accepted/999999", "{}"),
                old("configuration.acceptedDatasets", "global", "DELETE", "/datasets_accepted/999999", ""),
                old(
                        "json.official",
                        "global",
                        "POST",
                        "/json_portal/generate",
                        "{\"official\":true,"
                                + "\"json_logic\":\"{\\\"==\\\":[1,1]}\",\"dataset_name_filter\":\"/no/such/name\"}"));
        Stream<Act> api = Stream.of(
                api("registry.delete-run", "global", "DELETE", "/runs/" + NO_RUN, "{\"reason\":\"not there\"}"),
                api("run.class", "global", "PATCH", "/runs/" + NO_RUN, "{\"class\":\"X\"}"),
                api("run.stop_reason", "global", "PATCH", "/runs/" + NO_RUN, "{\"stop_reason\":\"X\"}"),
                api("run.short_run", "global", "PATCH", "/runs/" + NO_RUN, "{\"short_run\":true}"),
                api("run.move", "global", "POST", "/runs/" + NO_RUN + "/state", "{\"state\":\"SIGNOFF\"}"),
                api("run.significant", "global", "POST", "/runs/" + NO_RUN + "/significant", ""),
                api("run.refresh", "global", "POST", "/runs/" + NO_RUN + "/refresh", ""),
                api("run.reset", "global", "POST", "/runs/" + NO_RUN + "/reset", ""),
                new Act(
                        "lumisection.edit",
                        List.of("dt", "tracker"),
                        "/api/v1/certification",
                        "POST",
                        "/runs/" + NO_RUN + "/verdicts",
                        "{\"components\":[\"dt-dt\",\"tracker-pixel\"],\"lumisections\":[[1,3]],\"status\":\"GOOD\"}"),
                api(
                        "lumisection.edit-oms",
                        "global",
                        "POST",
                        "/runs/" + NO_RUN + "/bits",
                        "{\"bit\":\"dtm_ready\",\"lumisections\":[[1,3]],\"on\":true,\"comment\":\"why not\"}"),
                api(
                        "dataset.move",
                        "dt",
                        "POST",
                        "/runs/" + NO_RUN + "/datasets/state",
                        "{\"dataset\":\"/A/B/C\",\"workspace\":\"dt\",\"state\":\"SIGNOFF\"}"),
                api("run.move", "global", "POST", "/runs/batch/state", chosenRun + ",\"state\":\"SIGNOFF\"}"),
                api("run.significant", "global", "POST", "/runs/batch/significant", chosenRun + "}"),
                api("run.refresh", "global", "POST", "/runs/batch/refresh", chosenRun + "}"),
                api(
                        "dataset.move",
                        "dt",
                        "POST",
                        "/datasets/batch/state",
                        chosen + ",\"workspace\":\"dt\",\"state\":\"SIGNOFF\"}"),
                api(
                        "dataset.move-everywhere",
                        "global",
                        "POST",
                        "/datasets/batch/state-everywhere",
                        chosen + ",\"state\":\"OPEN\"}"),
                api("dataset.hide", "global", "POST", "/datasets/batch/hide", chosen + ",\"reason\":\"not there\"}"),
                new Act(
                        "dataset.batch",
                        List.of("dt", "tracker"),
                        "/api/v1/certification",
                        "POST",
                        "/datasets/batch/status",
                        chosen + ",\"components\":[\"dt-dt\",\"tracker-pixel\"],\"status\":\"GOOD\"}"),
                api(
                        "dataset.batch",
                        "dt",
                        "POST",
                        "/datasets/batch/copy",
                        chosen + ",\"components\":[\"dt-dt\"],\"source\":\"/A/B/D\"}"),
                new Act(
                        "dataset.duplicate",
                        List.of("dt", "global"),
                        "/api/v1/certification",
                        "POST",
                        "/datasets/batch/duplicate",
                        chosen + ",\"workspaces\":[\"dt\"],\"target\":\"/A/B/D\"}"),
                api("cycle.manage", "global", "POST", "/cycles", "{\"name\":\"X\"}"),
                api("cycle.manage", "global", "PUT", "/cycles/999", "{\"name\":\"X\"}"),
                api("cycle.manage", "global", "DELETE", "/cycles/999", ""),
                api("cycle.manage", "global", "POST", "/cycles/999/datasets", "{}"),
                api("cycle.manage", "global", "DELETE", "/cycles/999/datasets", "{}"),
                api(
                        "cycle.complete",
                        "dt",
                        "POST",
                        "/cycles/999/state",
                        "{\"workspace\":\"dt\",\"state\":\"completed\"}"),
                api(
                        "cycle.move",
                        "dt",
                        "POST",
                        "/cycles/999/datasets/state",
                        "{\"run\":1,\"name\":\"/A/B/C\",\"workspace\":\"dt\",\"state\":\"OPEN\"}"),
                api("version.undo", "global", "POST", "/versions/999999/undo", ""),
                api("registry.replay", "global", "POST", "/replay", "{\"confirmed\":false}"),
                api("ingest", "global", "POST", "/quality-monitor", "{}"),
                api("rights.edit", "global", "PUT", "/configuration/rights", "[{\"group\":7}]"),
                api("configuration.import", "global", "PUT", "/configuration", "workspaces: []"),
                api("configuration.classes", "global", "POST", "/configuration/classes", "{}"),
                api("configuration.components", "dt", "POST", "/configuration/components", "{\"component\":\"dt-dt\"}"),
                api("configuration.appearance", "dt", "POST", "/configuration/appearance", "{\"workspace\":\"dt\"}"),
                api("json.official", "global", "POST", "/golden", "{\"official\":true}"));
        Stream<Act> pages = Stream.of(
                page("run.move", "global", "/runs/" + NO_RUN + "/state", "to=OPEN&seen=0"),
                page("run.significant", "global", "/runs/" + NO_RUN + "/significant", ""),
                page("run.refresh", "global", "/runs/" + NO_RUN + "/refresh", ""),
                page("run.reset", "global", "/runs/" + NO_RUN + "/refresh", "reset=true"),
                page("registry.delete-run", "global", "/runs/" + NO_RUN + "/delete", "reason=not+there"),
                page("lumisection.edit", "dt", "/runs/" + NO_RUN + "/verdict", "component=dt-dt&ranges=1&seen=0"),
                page("lumisection.edit-oms", "global", "/runs/" + NO_RUN + "/bit", "bit=dtm_ready&bit-ranges=1&seen=0"),
                page(
                        "dataset.move",
                        "dt",
                        "/runs/" + NO_RUN + "/dataset-state",
                        "name=/A/B/C&workspace=dt&to=OPEN&seen=0"),
                page("run.move", "global", "/online/global", "act=SIGNOFF&run=" + NO_RUN),
                page("run.significant", "global", "/online/global", "act=significant&run=" + NO_RUN),
                page("run.refresh", "global", "/online/global", "act=refresh&run=" + NO_RUN),
                page("dataset.move", "dt", "/offline/dt", "act=OPEN&" + key),
                page("dataset.hide", "global", "/offline/dt", "act=hide&reason=not+there&" + key),
                page("cycle.manage", "global", "/offline/dt", "act=cycle&cycle=999&" + key),
                page("dataset.batch", "dt", "/offline/dt", "act=status&component=dt-dt&status=GOOD&" + key),
                page("dataset.batch", "dt", "/offline/dt", "act=copy&component=dt-dt&source=/A/B/D&" + key),
                new Act(
                        "dataset.duplicate",
                        List.of("dt", "global"),
                        "/certification",
                        "POST",
                        "/offline/dt",
                        "act=duplicate&target=/A/B/D&" + key),
                page("dataset.move-everywhere", "global", "/offline/dt", "act=everywhere&state=OPEN&" + key),
                page("cycle.manage", "global", "/cycles/dt", "name=&runs=" + NO_RUN),
                page("cycle.complete", "dt", "/cycles/dt/2", "version=1&act=complete"),
                page("cycle.move", "dt", "/cycles/dt/2", "version=1&act=OPEN&" + key),
                page("cycle.manage", "global", "/cycles/dt/2", "version=1&act=remove"),
                page("version.undo", "global", "/versions/999999/undo", ""),
                page("configuration.classes", "global", "/rules/class/0", "act=save&subject=X&rule=true"),
                page("configuration.components", "dt", "/rules/component/0", "act=save&subject=dt-dt&rule=true"),
                page("configuration.appearance", "dt", "/rules/appearance/0", "act=save&subject=dt&rule=true"),
                page("rights.edit", "global", "/settings", "act=add-rights&seen=0&group=" + ROLE + "&actions=run.move"),
                page("configuration.workspaces", "global", "/settings", "act=add-workspaces&seen=0"),
                page("configuration.acceptedDatasets", "global", "/settings", "act=save-datasets&seen=0"),
                page("configuration.import", "global", "/settings/import", "seen=0&yaml=workspaces"),
                page("json.official", "global", "/json", "official=true"));
        return Stream.of(old, api, pages).flatMap(s -> s);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acts")
    void everyActNeedsItsOwnRightInItsOwnWorkspace(Act act) {
        grant("*", "nothing.at-all");
        long version = history.latest();
        Answer guest = send(act, null);
        assertThat(guest.status()).as(guest.text()).isEqualTo(act.isPage() ? 403 : 401);
        Answer without = send(act, ROLE);
        assertThat(without.status()).as(without.text()).isEqualTo(403);
        assertThat(without.text()).containsPattern("There is no egroup that is authorized|User needs to be part of");
        assertThat(history.latest()).isEqualTo(version);
        // the same act elsewhere, and every other act here
        grant(act.workspaces().getFirst().equals("global") ? "tracker" : "global", act.action());
        assertThat(send(act, ROLE).status()).isEqualTo(403);
        grant("*", act.action() + "-not", "run.other", "lumisection.other");
        assertThat(send(act, ROLE).status()).isEqualTo(403);
        // and with the right, and only that
        for (String missing : act.workspaces().size() > 1 ? act.workspaces() : List.<String>of()) {
            grant(missing, act.action());
            assertThat(send(act, ROLE).status()).as("only in " + missing).isEqualTo(403);
        }
        grant(act.workspaces(), act.action());
        Answer with = send(act, ROLE);
        assertThat(with.status()).as(with.text()).isNotIn(401, 403, 500);
    }

    private void grant(String workspace, String... actions) {
        grant(List.of(workspace), actions);
    }

    private void grant(List<String> workspaces, String... actions) {
        configurations.change(
                Author.AUTOMATIC,
                "rights for a test",
                now -> new Configuration(
                        now.workspaces(),
                        now.classes(),
                        now.significance(),
                        now.components(),
                        now.appearance(),
                        now.acceptedDatasets(),
                        now.goldenRules(),
                        List.of(new Right(ROLE, List.of(actions), workspaces))));
    }

    private Answer send(Act act, @Nullable String role) {
        String token = role == null ? null : Certifiers.token(jdbc, roles, tokens, "Sam Shifter", role);
        var registry = new Registry(port, token, act.door());
        return act.isPage()
                ? registry.form(act.path(), act.body())
                : registry.send(act.method(), act.path(), act.body());
    }

    @Test
    void whoSendsRunsMayOnlySendRuns() {
        var ingest = new Registry(port, Certifiers.token(jdbc, roles, tokens, "Sender", "certification.ingest"));
        Answer sent = ingest.post("/runs/", """
            {"oms_attributes":{"run_number":402001,"hlt_key":"/cdaq/cosmic/Cosmics2026/v1"},"rr_attributes":{"class":"Cosmics26"},
             "oms_lumisections":[{"cms_active":true},{"cms_active":false}],"rr_lumisections":[]}
            """);
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(history.ofRun(402001).getFirst().version().author()).isEqualTo("auto@auto - Sender");
        assertThat(ingest.put("/manual_run_edit/402001/class", "{\"class\":\"X\"}")
                        .status())
                .isEqualTo(403);
        assertThat(ingest.post("/runs/move_run/OPEN/COMPLETED", "{\"run_number\":402001}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void undoingAChangeOfTheRightsNeedsTheRightToChangeThem() {
        grant("*", "version.undo", "configuration.*", "run.move");
        var manager = new Registry(port, Certifiers.token(jdbc, roles, tokens, "Elena", ROLE), "/api/v1/certification");
        assertThat(manager.post("/versions/" + history.latest() + "/undo", "").status())
                .isEqualTo(403);
        assertThat(configurations.current().document().rights().getFirst().actions())
                .contains("run.move");
    }
}
