package org.colonnade.acceptance.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.colonnade.acceptance.Browser;
import org.colonnade.acceptance.Gateway;
import org.colonnade.acceptance.Screen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shifter and a data manager at work, each at a browser of his own, on the runs of the demonstration. The chapters
 * build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShiftersStoryTest {

    private static final String EMAIL = "manager@lab.example";
    private static final String PASSWORD = "granite basalt gneiss marble";
    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";

    private static final List<String> complaints = new ArrayList<>();
    private static Gateway gateway;
    private static BrowserContext managers;
    private static BrowserContext shifters;
    private static Page manager;
    private static Page shifter;
    private static String run = "";

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateway.start(
                "--colonnade.demo=true", "--colonnade.admin.email=" + EMAIL, "--colonnade.admin.password=" + PASSWORD);
        managers = person();
        shifters = person();
        manager = watched(managers);
        shifter = watched(shifters);
        go(manager, "/certification/online/global");
        signIn(manager, EMAIL);
        engage("Sam Shifter", "sam@lab.example");
        awaitRuns();
    }

    private static BrowserContext person() {
        return Browser.chromium()
                .newContext(new NewContextOptions().setViewportSize(1440, 900).setReducedMotion(ReducedMotion.REDUCE));
    }

    private static Page watched(BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(30_000);
        Browser.watch(page, complaints);
        return page;
    }

    private static void go(Page page, String path) {
        page.navigate(gateway.uri(path).toString());
    }

    private static void signIn(Page page, String email) {
        if (page.locator("#password").count() == 0) {
            go(page, "/sign-in");
        }
        page.fill("#email", email);
        page.fill("#password", PASSWORD);
        page.click("main form button");
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    /** A new account, confirmed by mail, accepted, and given the role of a shifter. */
    private static void engage(String name, String email) {
        go(shifter, "/register");
        shifter.fill("#name", name);
        shifter.fill("#email", email);
        shifter.click("main form button");
        shifter.waitForSelector("text=" + email);
        go(manager, "/admin/mailbox");
        manager.click("text=Confirm your address");
        shifter.navigate(manager.locator("a[href*='for=registration']").getAttribute("href"));
        shifter.fill("#password", PASSWORD);
        shifter.fill("#repeated", PASSWORD);
        shifter.click("main form button");
        shifter.waitForURL("**/waiting");
        go(manager, "/admin/users?standing=PENDING");
        manager.check("input[aria-label='Choose " + name + "']");
        manager.click("button[value=ACCEPT]");
        manager.waitForURL("**?done=decided");
        go(manager, "/admin/users");
        manager.click("a:has-text('" + name + "')");
        manager.click("button[aria-label='Grant Shifter']");
        manager.waitForURL("**?done=roles");
        shifters.clearCookies();
        go(shifter, "/sign-in");
        signIn(shifter, email);
    }

    /** The demonstration is loaded while the gateway answers already. */
    private static void awaitRuns() throws Exception {
        for (int i = 0; i < 300 && query("{}").path("count").intValue() < 60; i++) {
            Thread.sleep(200);
        }
        assertThat(query("{}").path("count").intValue()).isGreaterThanOrEqualTo(60);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        Stream.of(managers, shifters).filter(c -> c != null).forEach(BrowserContext::close);
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        assertThat(complaints).isEmpty();
    }

    private static JsonNode query(String filter) throws IOException, InterruptedException {
        return post(
                "/runregistry/runs_filtered_ordered",
                "{\"page\":0,\"page_size\":100,\"sortings\":[[\"run_number\",\"DESC\"]],\"filter\":" + filter + "}");
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(gateway.uri(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return JsonMapper.shared()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static List<String> numbers(Page page) {
        return page.locator("table.registry tbody .card-title-cell").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    private static Locator row(Page page, String number) {
        return page.locator("tr[data-run='" + number + "']").first();
    }

    @Test
    @Order(1)
    void filtersAndOrderAreInTheAddressAndTheSameForScriptsAndFiles() throws Exception {
        go(shifter, "/certification/online/global");
        // when filters are typed under the headings
        shifter.fill("#f-class", "collisions");
        shifter.fill("#f-state", "\"OPEN\"");
        shifter.press("#f-state", "Enter");
        shifter.waitForURL("**f.state=*");
        shifter.click("th a.order:has-text('Lumisections')");
        shifter.waitForURL("**sort=-ls_duration*");
        // then the address alone gives the same table to a colleague
        List<String> shown = numbers(shifter);
        assertThat(shown).isNotEmpty();
        assertThat(shifter.url()).contains("f.class=collisions").doesNotContain("f.run_number");
        manager.navigate(shifter.url());
        assertThat(numbers(manager)).isEqualTo(shown);
        assertThat(manager.locator("th[aria-sort=descending]").innerText()).contains("Lumisections");
        // and scripts are shown how to ask for it
        shifter.click("summary:has-text('API call')");
        String[] call = shifter.locator("#call-http").innerText().strip().split("\\s+", 3);
        assertThat(call[0]).isEqualTo("POST");
        JsonNode answer = post(URI.create(call[1]).getPath(), call[2]);
        assertThat(answer.path("runs")
                        .valueStream()
                        .map(r -> r.path("run_number").asString()))
                .containsExactlyElementsOf(shown);
        assertThat(shifter.locator("#call-python").innerText()).startsWith("runregistry.get_runs(");
        // and the file holds the same rows
        Download csv = shifter.waitForDownload(() -> shifter.click("a[download]:has-text('CSV')"));
        List<String> lines = Files.readAllLines(csv.path());
        assertThat(lines.getFirst()).startsWith("run_number,class,state");
        assertThat(lines.subList(1, lines.size()).stream().map(l -> l.split(",", 2)[0]))
                .containsExactlyElementsOf(shown);
        // and what cannot be read is said at its place, without losing anything
        shifter.fill("#f-ls_duration", "> many");
        shifter.press("#f-ls_duration", "Enter");
        shifter.waitForSelector(".error-summary");
        assertThat(shifter.locator(".error-summary").innerText()).contains("Lumisections");
        assertThat(shifter.inputValue("#f-class")).isEqualTo("collisions");
    }

    @Test
    @Order(2)
    void aVerdictIsGivenOnTheBarsByKeyboardAndSeenElsewhereAtOnce() throws Exception {
        run = query("{\"rr_attributes.state\":\"OPEN\",\"rr_attributes.significant\":true,"
                        + "\"rr_attributes.class\":\"Collisions26\"}")
                .at("/runs/0/run_number")
                .asString();
        go(manager, "/certification/online/global?f.run_number=" + run);
        manager.waitForSelector("[data-live][data-on]");
        String before = row(manager, run).innerText();
        // given the window of lumisections
        go(shifter, "/certification/runs/" + run);
        shifter.click("#window");
        shifter.waitForSelector(".ls-canvas svg");
        int bars = shifter.locator(".ls-canvas rect.ls-span").count();
        assertThat(bars).isGreaterThan(40);
        assertThat(shifter.locator(".ls-name").allTextContents()).contains("dt-dt", "cms_active");
        // when zooming by keyboard and choosing five lumisections of a component
        String all = shifter.locator("[data-shown]").innerText();
        Locator canvas = shifter.locator(".ls-canvas");
        canvas.focus();
        int dt = shifter.locator(".ls-name").allTextContents().indexOf("dt-dt");
        for (int i = 0; i < dt; i++) {
            shifter.keyboard().press("ArrowDown");
        }
        for (int i = 0; i < 4; i++) {
            shifter.keyboard().press("ArrowRight");
        }
        shifter.keyboard().press("+");
        shifter.keyboard().press("+");
        for (int i = 0; i < 4; i++) {
            shifter.keyboard().press("Shift+ArrowRight");
        }
        // The bars are drawn with the next frame.
        shifter.waitForCondition(
                () -> !shifter.locator("[data-shown]").innerText().equals(all));
        assertThat(shifter.locator("[data-shown]").innerText()).endsWith(all.replaceAll(".* of", "of"));
        assertThat(shifter.locator("[data-value]").innerText()).contains("dt-dt: lumisections 5 to 9 chosen (5)");
        assertThat(shifter.inputValue("#ranges")).isEqualTo("5-9");
        assertThat(shifter.inputValue("#component")).isEqualTo("dt-dt");
        shifter.keyboard().press("Enter");
        assertThat(shifter.evaluate("document.activeElement.id")).isEqualTo("status");
        screenshot(shifter, "lumisections");
        // then a verdict without its reason is refused, and nothing typed is lost
        shifter.selectOption("#status", "BAD");
        shifter.click("#judge button");
        shifter.waitForSelector(".error-summary");
        assertThat(shifter.locator(".error-summary").innerText()).contains("comment");
        assertThat(shifter.inputValue("#ranges")).isEqualTo("5-9");
        shifter.fill("#comment", "sector 4 tripped");
        shifter.fill("#cause", "HV");
        shifter.click("#judge button");
        shifter.waitForURL("**done=judged*");
        // and the other window shows it without being asked
        manager.waitForCondition(() -> !row(manager, run).innerText().equals(before));
        assertThat(row(manager, run).locator("td[data-label='dt-dt']").innerText())
                .contains("BAD", "5");
        go(shifter, "/certification/runs/" + run + "/lumisections?component=dt-dt");
        assertThat(shifter.locator("section:has(#past-title) tbody tr").first().innerText())
                .contains("Sam Shifter", "5–9", "sector 4 tripped");
    }

    @Test
    @Order(3)
    void whoIsSlowerIsToldWhatTheOthersDid() {
        go(manager, "/certification/runs/" + run);
        go(shifter, "/certification/runs/" + run);
        shifter.fill("#stop_reason", "beam dump");
        shifter.click("section:has(#attributes-title) button");
        shifter.waitForURL("**done=edited*");
        // the manager's page is from before
        manager.fill("#stop_reason", "end of fill");
        manager.click("section:has(#attributes-title) button");
        manager.waitForSelector(".error-summary");
        assertThat(manager.locator(".error-summary").innerText())
                .contains("Somebody else was faster", "Sam Shifter", "beam dump");
        assertThat(manager.inputValue("#stop_reason")).isEqualTo("end of fill");
        manager.click("section:has(#attributes-title) button");
        manager.waitForURL("**done=edited*");
        // and so is who signs off what he has not seen
        shifter.click("button:has-text('Sign off')");
        shifter.waitForSelector(".error-summary");
        assertThat(shifter.locator(".error-summary").innerText()).contains("Somebody else was faster", "end of fill");
        assertThat(shifter.locator("#standing-title + dl .stage").innerText()).isEqualTo("OPEN");
    }

    @Test
    @Order(4)
    void aSignedOffRunHasDatasetsThatAreCertifiedInTheirWorkspaces() throws Exception {
        go(shifter, "/certification/runs/" + run);
        shifter.click("button:has-text('Sign off')");
        shifter.waitForLoadState();
        if (shifter.locator(".error-summary").count() > 0) {
            // Something is not judged yet: the page names it.
            String refusal = shifter.locator(".error-summary").innerText();
            assertThat(refusal).contains("Please change it before signing the run off");
            var component = Pattern.compile("\\((\\S+-\\S+)\\)").matcher(refusal);
            assertThat(component.find()).isTrue();
            judgeEverything(component.group(1));
            shifter.click("button:has-text('Sign off')");
        }
        shifter.waitForURL("**done=moved*");
        assertThat(shifter.locator(".siblings").innerText()).contains(PROMPT, "waiting dqm gui");
        // a shifter may look at datasets, a manager moves them
        go(shifter, "/certification/offline/tracker?f.run_number=" + run);
        assertThat(shifter.locator("fieldset.bulk").count()).isZero();
        go(manager, "/certification/offline/tracker?f.run_number=" + run + "&f.name=PromptReco");
        manager.check("tbody input[type=checkbox]");
        manager.click("button:has-text('Move to OPEN in tracker')");
        manager.waitForSelector("text=1 of 1 done.");
        assertThat(row(manager, run).innerText()).contains("OPEN");
        // batch tools: a whole component at once, and a copy
        manager.check("tbody input[type=checkbox]");
        manager.click("summary:has-text('Verdicts, copies')");
        manager.selectOption("#component", "tracker-track");
        manager.selectOption("#status", "GOOD");
        manager.click("button:has-text('Set the status')");
        manager.waitForSelector("text=1 of 1 done.");
        assertThat(row(manager, run).locator("td[data-label='tracker-track']").innerText())
                .contains("GOOD");
        manager.check("tbody input[type=checkbox]");
        manager.click("summary:has-text('Verdicts, copies')");
        manager.fill("#target", "/ReReco/Shifters2026/DQM");
        manager.click("button:has-text('Duplicate')");
        manager.waitForSelector("text=1 of 1 done.");
        go(manager, "/certification/offline/tracker?f.name=Shifters2026");
        assertThat(numbers(manager)).containsExactly(run);
    }

    private static void judgeEverything(String component) {
        go(shifter, "/certification/runs/" + run);
        shifter.check("input[name=component][value='" + component + "']");
        shifter.fill(
                "#ranges",
                "1-"
                        + shifter.locator("dt:has-text('Lumisections') + dd")
                                .innerText()
                                .strip());
        shifter.selectOption("#status", "GOOD");
        shifter.fill("#comment", "plots look fine");
        shifter.click("#judge button");
        shifter.waitForURL("**done=judged*");
    }

    @Test
    @Order(5)
    void aCycleIsMadeWorkedOffAndSignedOff() {
        go(manager, "/certification/cycles/tracker");
        manager.fill("#name", "Shifters' cycle");
        manager.fill("#deadline", "2099-05-20 12:00");
        manager.fill("#runs", run);
        manager.fill("#names", "\"" + PROMPT + "\"");
        manager.click("button:has-text('Make the cycle')");
        manager.waitForURL("**done=created*");
        assertThat(manager.locator("main").innerText()).contains("0 of 1", PROMPT);
        manager.click("button:has-text('Sign off the cycle in tracker')");
        manager.waitForSelector("text=0 of 1 done.");
        assertThat(manager.locator("[role=status]").allInnerTexts().toString()).contains("is in state OPEN");
        manager.click("button:has-text('Move to COMPLETED')");
        manager.waitForSelector("text=1 of 1 done.");
        manager.click("button:has-text('Sign off the cycle in tracker')");
        manager.waitForSelector("button:has-text('Make it pending again in tracker')");
        screenshot(manager, "cycle");
    }

    @Test
    @Order(6)
    void aGoldenFileIsMadeExplainedAndAskedWhatWouldHaveBeen() throws Exception {
        // what it opens with can be asked at once
        go(shifter, "/certification/json/new");
        shifter.waitForSelector("#check :text('The rule can be used, and datasets match.')");
        shifter.click("section:has(h2:has-text('Stored rules')) a >> nth=0");
        shifter.fill("#names", PROMPT);
        shifter.waitForSelector("#check .note");
        shifter.fill("#tags", "shifter's");
        shifter.click("button:has-text('Generate')");
        shifter.waitForURL("**/certification/json/*");
        shifter.waitForSelector("a[download]:has-text('Golden JSON')");
        Download file = shifter.waitForDownload(() -> shifter.click("a[download]:has-text('Golden JSON')"));
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(file.path()));
        assertThat(golden.size()).isGreaterThan(5);
        shifter.waitForSelector("figure#losses svg, figure#losses canvas");
        screenshot(shifter, "golden");
        // the same again
        shifter.click("text=Make it again and compare");
        assertThat(shifter.locator("main").innerText()).contains("the same bytes");
        // why
        String first = golden.propertyNames().iterator().next();
        shifter.selectOption("#dataset", first + "-" + PROMPT);
        shifter.fill("#lumisection", golden.path(first).at("/0/0").asString());
        shifter.click("button:has-text('Explain')");
        assertThat(shifter.locator("#why").innerText()).contains("It is in the file");
        // what if, in some lumisections of one run
        shifter.check("input[name=fine] >> nth=0");
        shifter.fill("#what-if-run", first);
        shifter.fill("#what-if-ranges", "1-5");
        shifter.click("button:has-text('How much luminosity?')");
        assertThat(shifter.locator("#what-if").innerText()).contains("lumisections more");
        // the list of mine
        go(shifter, "/certification/json?whose=by_email");
        assertThat(shifter.locator("main tbody tr").count()).isEqualTo(1);
    }

    @Test
    @Order(7)
    void aRuleIsCheckedWhileItIsTyped() {
        go(shifter, "/certification/rules?kind=component");
        shifter.click("tbody a >> nth=0");
        shifter.fill("#run", run);
        shifter.press("#run", "Tab");
        shifter.waitForSelector(".rule-tree li");
        assertThat(shifter.locator("#check").innerText()).contains("On run " + run);
        shifter.fill("#rule", "{\"banana\":[]}");
        shifter.press("#rule", "End");
        shifter.waitForSelector("#check .note-warning");
        assertThat(shifter.locator("#check").innerText()).contains("banana");
        assertThat(shifter.locator("button:has-text('Save the rule')").count()).isZero();
        shifter.click("nav[aria-label=Certification] a:has-text('Rules')");
        shifter.click("a:has-text('When these rules were changed')");
        assertThat(shifter.locator("tbody tr").count()).isEqualTo(1);
    }

    @Test
    @Order(8)
    void thePastIsShownComparedAndTakenBack() {
        go(manager, "/certification/log?by=Sam");
        Locator mistake = manager.locator("tr:has-text('component dt-dt')").first();
        assertThat(mistake.innerText()).contains("Sam Shifter", run);
        mistake.locator("button:has-text('Undo')").click();
        manager.waitForURL("**done=undone*");
        go(shifter, "/certification/runs/" + run);
        assertThat(shifter.locator("tr:has(th:has-text('dt-dt'))").innerText()).doesNotContain("sector 4 tripped");
        assertThat(shifter.locator(".history-table").textContent()).contains("undone", "takes back version");
        String version = shifter.locator(".history-table tr:has-text('component dt-dt') td.number a")
                .last()
                .innerText();
        shifter.fill("#asOf", version);
        shifter.click("form.filters button");
        shifter.waitForURL("**asOf=" + version + "*");
        assertThat(shifter.locator("main").innerText()).contains("You look at the past", "sector 4 tripped");
        assertThat(shifter.locator("#judge").count()).isZero();
        go(shifter, "/certification/runs/" + run);
        shifter.click("button:has-text('Compare the two chosen versions')");
        shifter.waitForURL("**/difference*");
        assertThat(shifter.locator("main h1").count()).isEqualTo(1);
    }

    private static List<String> pages() {
        return List.of(
                "/certification",
                "/certification/online/global?size=12",
                "/certification/online/tracker?f.class=nothing+like+that",
                "/certification/offline/tracker?size=12",
                "/certification/ml/tracker?size=12",
                "/certification/runs/" + run,
                "/certification/runs/" + run + "/lumisections?component=dt-dt",
                "/certification/cycles/global",
                "/certification/cycles/tracker/1",
                "/certification/json",
                "/certification/json/1",
                "/certification/json/new",
                "/certification/json/difference?from=1&to=2",
                "/certification/rules",
                "/certification/rules/component/1",
                "/certification/rules/versions",
                "/certification/settings",
                "/certification/log");
    }

    @ParameterizedTest
    @EnumSource
    @Order(9)
    void everyPageIsAccessibleAndFitsItsScreen(Screen screen) {
        var found = new ArrayList<String>();
        try (BrowserContext context =
                Browser.chromium().newContext(screen.options().setStorageState(managers.storageState()))) {
            Page page = watched(context);
            for (String path : pages()) {
                go(page, path);
                found.addAll(screen.complaints(page));
            }
        }
        assertThat(found).isEmpty();
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "certification-" + name + ".png")));
    }
}
