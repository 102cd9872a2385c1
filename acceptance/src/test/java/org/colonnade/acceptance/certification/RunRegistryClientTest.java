package org.colonnade.acceptance.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.colonnade.acceptance.Gateway;
import org.colonnade.certification.oms.OmsDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The package {@code runregistry} 3.1.2 from PyPI calls each of its public functions against the packaged gateway. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RunRegistryClientTest {

    private static final String VERSION = "3.1.2";
    private static final String EMAIL = "admin@lab.example";
    private static final String PASSWORD = "granite basalt gneiss marble";

    @TempDir
    static Path folder;

    private static OmsDouble oms;
    private static Gateway gateway;
    private static int rootPort;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        run(List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--target",
                folder.resolve("site").toString(),
                "runregistry==" + VERSION));
        try (InputStream script = RunRegistryClientTest.class.getResourceAsStream("/certification/every_function.py")) {
            Files.copy(Objects.requireNonNull(script), folder.resolve("every_function.py"));
        }
        oms = OmsDouble.start();
        oms.put(400001, beam(400001, "DAQ", "DCS", "DT", "TRACKER", "PIXEL"), ten());
        oms.put(400002, cosmic(400002), allOn(4));
        oms.put(400003, beam(400003, "DAQ", "DCS", "TRACKER", "PIXEL"), allOn(3));
        for (int run = 410_000; run < 410_120; run++) {
            oms.put(run, cosmic(run), allOn(2));
        }
        rootPort = freePort();
        gateway = Gateway.start(
                "--colonnade.certification.root-port=" + rootPort,
                "--colonnade.certification.oms.url=" + oms.url(),
                "--colonnade.admin.email=" + EMAIL,
                "--colonnade.admin.password=" + PASSWORD);
        token = token();
        assertThat(post("/api/v1/certification/oms/poll", "Bearer " + token, "")
                        .path("changed")
                        .intValue())
                .isEqualTo(123);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (oms != null) {
            oms.close();
        }
    }

    @Test
    @Tag("R.20")
    @Order(1)
    void aManagersScriptDoesEverythingThroughThePortAtTheRoot() throws Exception {
        // given: environment only, as for scripts that nobody may touch
        JsonNode calls = client("environment", "manager", throughProxy(token));
        // then
        assertThat(calls.path("move_without_verdict").path("text").stringValue())
                .contains("position 9")
                .contains("strip");
        assertThat(calls.path("edit_bad_without_comment").path("text").stringValue())
                .contains("comment");
        assertThat(calls.path("change_class").at("/gave/0/rr_attributes/class").stringValue())
                .isEqualTo("Commissioning26");
        assertThat(calls.path("refresh").at("/gave/0/rr_attributes/class").stringValue())
                .isEqualTo("Commissioning26");
        assertThat(calls.path("reset").at("/gave/0/rr_attributes/class").stringValue())
                .isEqualTo("Collisions26");
        assertThat(calls.path("significant")
                        .at("/gave/0/rr_attributes/significant")
                        .booleanValue())
                .isTrue();
        assertThat(calls.path("sign_off").at("/gave/0/rr_attributes/state").stringValue())
                .isEqualTo("SIGNOFF");
        assertThat(calls.path("move_dataset")
                        .at("/gave/0/dataset_attributes/tracker_state")
                        .stringValue())
                .isEqualTo("OPEN");
        assertReads(calls);
    }

    @Test
    @Tag("R.20")
    @Order(2)
    void aReadersScriptReadsThroughThePathPrefixAndChangesNothing() throws Exception {
        JsonNode calls = client(gateway.uri("/runregistry").toString(), "reader", withoutToken());
        assertReads(calls);
        assertWritesAreRefused(calls);
    }

    /** The address that the package itself names, held by somebody else's programs now and then. */
    @Test
    @Tag("R.20")
    @Order(2)
    void aReadersScriptThatOnlySaysLocalReads() throws Exception {
        try (var forward = Tunnel.open(9500, rootPort)) {
            JsonNode calls = client("environment", "reader", withoutToken());
            assertReads(calls);
            assertWritesAreRefused(calls);
            assertThat(forward.connections()).isGreaterThan(20);
        }
    }

    /** Nothing of the script or the package knows of us: names and authority lead here. */
    @Test
    @Tag("R.20")
    @Order(2)
    void aProductionScriptFetchesItsTokensAndWorksHereAsItDidThere() throws Exception {
        try (var end = TlsEnd.start(folder, gateway);
                var proxy = Tunnel.open(0, end.port())) {
            JsonNode calls = client(
                    "environment",
                    "certifier",
                    Map.of(
                            "ENVIRONMENT",
                            "production",
                            "SSO_CLIENT_ID",
                            "certifiers-script",
                            "SSO_CLIENT_SECRET",
                            token,
                            "https_proxy",
                            "http://localhost:" + proxy.port(),
                            "no_proxy",
                            "",
                            "REQUESTS_CA_BUNDLE",
                            end.authority().toString(),
                            "NETRC",
                            folder.resolve("none").toString()));
            assertReads(calls);
            assertThat(calls.path("edit").at("/gave/manual_change").booleanValue())
                    .as(calls.path("edit").toString())
                    .isTrue();
            assertThat(end.asked())
                    .contains("auth.cern.ch/auth/realms/cern/api-access/token")
                    .contains("cmsrunregistry.web.cern.ch/api/runs_filtered_ordered");
        }
    }

    @Test
    @Tag("R.24")
    @Order(3)
    void pagesOfAnySizeGiveTheSameListAndALimitIsKept() throws Exception {
        JsonNode calls = client(gateway.uri("/runregistry").toString(), "reader", withoutToken());
        JsonNode whole = calls.path("pages_of_1000").path("gave");
        assertThat(whole).hasSize(120);
        assertThat(whole.get(0).intValue()).isEqualTo(410_119);
        for (int size : List.of(7, 50, 120)) {
            assertThat(calls.path("pages_of_" + size).path("gave"))
                    .as("pages of " + size)
                    .isEqualTo(whole);
        }
        assertThat(calls.path("get_runs_limited").path("gave")).hasSize(60);
        assertThat(calls.path("get_runs_sorted").at("/gave/0/run_number").intValue())
                .isEqualTo(410_000);
        assertThat(calls.path("get_no_runs").path("gave").toString()).isEqualTo("[]");
        assertThat(calls.path("get_no_datasets").path("gave").toString()).isEqualTo("[]");
    }

    @Test
    @Tag("R.20")
    @Order(3)
    void aWrongTokenIsAnErrorThatTheClientSees() throws Exception {
        JsonNode calls = client("environment", "reader", throughProxy("col_wrong"));
        assertThat(calls.path("get_run").path("raised").stringValue()).isEqualTo("ValueError");
        assertThat(calls.path("get_run").path("text").stringValue()).contains("The credential is not valid");
        assertThat(calls.path("get_datasets").path("raised").stringValue()).isEqualTo("ValueError");
    }

    @Test
    @Tag("R.20")
    @Order(4)
    void whatTheClientReadsIsWhatTheRegistrysOwnInterfaceSays() throws Exception {
        JsonNode calls = client(gateway.uri("/runregistry").toString(), "reader", withoutToken());
        JsonNode own = get("/api/v1/certification/runs/400001");
        JsonNode run = calls.path("get_run").path("gave");
        own.path("rr")
                .properties()
                .forEach(p -> assertThat(run.path(p.getKey())).isEqualTo(p.getValue()));
        assertThat(run.path("oms_attributes")).isEqualTo(own.path("oms"));
        assertThat(run.path("version")).isEqualTo(own.path("version"));
        JsonNode online = get("/api/v1/certification/runs/400001/datasets?name=online");
        JsonNode verdicts = calls.path("ranges_by_component").path("gave");
        assertThat(verdicts.propertyNames()).isEqualTo(online.path("verdicts").propertyNames());
        online.path("verdicts").properties().forEach(component -> {
            assertThat(verdicts.path(component.getKey())).hasSameSizeAs(component.getValue());
            for (int i = 0; i < component.getValue().size(); i++) {
                JsonNode span = component.getValue().get(i);
                JsonNode read = verdicts.path(component.getKey()).get(i);
                assertThat(read.path("start")).isEqualTo(span.get(0));
                assertThat(read.path("end")).isEqualTo(span.get(1));
                assertThat(read.path("status")).isEqualTo(span.get(2).path("status"));
            }
        });
        JsonNode bits = calls.path("oms_lumisections").path("gave");
        online.path("bits")
                .properties()
                .forEach(bit -> bit.getValue().forEach(span -> {
                    for (int ls = span.get(0).intValue(); ls <= span.get(1).intValue(); ls++) {
                        assertThat(bits.get(ls - 1).path(bit.getKey()))
                                .as(bit.getKey() + " " + ls)
                                .isEqualTo(span.get(2));
                    }
                }));
        JsonNode accepted = get("/api/v1/certification/configuration/acceptedDatasets");
        assertThat(calls.path("accepted").path("gave")).hasSameSizeAs(accepted);
        JsonNode record = calls.path("create_json").path("gave");
        JsonNode file = get("/api/v1/certification/golden/" + record.path("id").intValue());
        assertThat(file.at("/result/generated_json")).isEqualTo(record.path("generated_json"));
        assertThat(file.path("version").longValue())
                .isEqualTo(Long.parseLong(record.path("runregistry_version").stringValue()));
    }

    private static void assertWritesAreRefused(JsonNode calls) {
        for (String refused : List.of("refused_edit", "refused_as_auto")) {
            assertThat(calls.path(refused).path("text").stringValue())
                    .contains("User needs to be part of any of the following e-groups");
        }
    }

    /** For scripts that nobody may touch: the environment alone says where, and who. */
    private static Map<String, String> throughProxy(String secret) throws IOException {
        return Map.of(
                "ENVIRONMENT",
                "local",
                "http_proxy",
                "http://localhost:" + rootPort,
                "no_proxy",
                "",
                "NETRC",
                netrc(secret).toString());
    }

    private static Map<String, String> withoutToken() {
        return Map.of("ENVIRONMENT", "local", "NETRC", folder.resolve("none").toString());
    }

    private static JsonNode get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(gateway.uri(path))
                            .header("Authorization", "Bearer " + token)
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body());
        }
    }

    private static void assertReads(JsonNode calls) {
        assertThat(calls.path("get_run").at("/gave/class").stringValue()).isEqualTo("Collisions26");
        assertThat(calls.path("get_unknown_run").path("gave").toString()).isEqualTo("{}");
        assertThat(calls.path("get_runs").path("gave")).hasSize(2);
        assertThat(calls.path("get_runs_of_class").at("/gave/120/run_number").intValue())
                .isEqualTo(400002);
        assertThat(calls.path("get_runs_whole")
                        .path("gave")
                        .valueStream()
                        .map(run -> run.path("run_number").intValue()))
                .containsExactly(400003, 400002);
        assertThat(calls.path("get_runs_whole")
                        .at("/gave/0/DatasetTripletCache/triplet_summary/dt-dt/EXCLUDED")
                        .intValue())
                .isEqualTo(3);
        assertThat(calls.path("get_runs_dt_excluded").at("/gave/0/run_number").intValue())
                .isEqualTo(400003);
        assertThat(calls.path("get_runs_wrong_filter").path("raised").stringValue())
                .isEqualTo("ValueError");
        assertThat(calls.path("get_dataset")
                        .at("/gave/dataset_attributes/global_state")
                        .stringValue())
                .isEqualTo("OPEN");
        assertThat(calls.path("get_datasets").path("gave")).hasSize(3);
        assertThat(calls.path("names").path("gave")).hasSize(3);
        assertThat(calls.path("cycles").path("gave").isArray()).isTrue();
        assertThat(calls.path("accepted").at("/gave/0/name").stringValue())
                .isEqualTo("/PromptReco/Collisions2026A/DQM");
        assertThat(calls.path("lumisections").path("gave")).hasSize(10);
        assertThat(calls.path("oms_lumisections").at("/gave/3/dtm_ready").booleanValue())
                .isFalse();
        assertThat(calls.path("ranges").path("gave")).hasSize(5);
        assertThat(calls.path("ranges_by_component").at("/gave/dt-dt")).hasSize(3);
        assertThat(calls.path("oms_ranges").path("gave")).hasSize(5);
        assertThat(calls.path("joint_ranges").path("gave")).isNotEmpty();
        assertThat(calls.path("create_json").at("/gave/generated_json").toString())
                .isEqualTo("{\"400001\":[[1,3],[6,8],[10,10]]}");
        assertThat(calls.path("create_json_unknown_operation").path("text").stringValue())
                .contains("banana");
    }

    private static JsonNode client(String way, String role, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(
                        "python3", folder.resolve("every_function.py").toString(), way, role)
                .directory(folder.toFile())
                .redirectError(folder.resolve("client.log").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("PYTHONPATH", folder.resolve("site").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("client.log")))
                .isZero();
        ObjectNode calls = JsonMapper.shared().createObjectNode();
        output.lines()
                .map(JsonMapper.shared()::readTree)
                .forEach(line -> calls.set(line.path("call").stringValue(), line));
        return calls;
    }

    private static Path netrc(String secret) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "netrc", ""), "machine localhost login any password " + secret + "\n");
    }

    private static String token() throws Exception {
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return post(
                        "/api/v1/tokens",
                        "Basic " + basic,
                        "{\"name\":\"script\",\"scopes\":[\"READ\",\"WRITE\",\"ROLES\"],\"days\":1}")
                .path("token")
                .stringValue();
    }

    private static JsonNode post(String path, String authorization, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(gateway.uri(path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", authorization)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return JsonMapper.shared().readTree(response.body());
        }
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ObjectNode beam(int run, String... components) {
        ObjectNode attributes = attributes(run, "/cdaq/physics/Collisions2026/v1", true);
        List.of(components).forEach(attributes.putArray("components")::add);
        return attributes;
    }

    private static ObjectNode cosmic(int run) {
        ObjectNode attributes = attributes(run, "/cdaq/cosmic/Cosmics2026/v1", false);
        attributes.putArray("components").add("DT");
        return attributes;
    }

    private static ObjectNode attributes(int run, String hltKey, boolean stable) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run_number", run)
                .put("hlt_key", hltKey)
                .put("stable_beam", stable)
                .put("energy", 6800)
                .put("end_time", "2026-05-03T08:10:00Z")
                .put("last_update", "2026-05-03T08:15:00Z");
    }

    private static List<ObjectNode> ten() {
        List<ObjectNode> lumisections = allOn(10);
        lumisections.get(3).put("dtm_ready", false);
        lumisections.get(4).put("dtm_ready", false);
        lumisections.get(8).put("bpix_ready", false).putNull("tob_ready");
        return lumisections;
    }

    private static List<ObjectNode> allOn(int count) {
        var result = new ArrayList<ObjectNode>();
        for (int i = 0; i < count; i++) {
            ObjectNode lumisection = JsonNodeFactory.instance.objectNode();
            List.of("cms_active", "dtm_ready", "dtp_ready", "bpix_ready", "tob_ready")
                    .forEach(bit -> lumisection.put(bit, true));
            result.add(lumisection);
        }
        return result;
    }
}
