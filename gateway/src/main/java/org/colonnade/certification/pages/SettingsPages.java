package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configuration.AcceptedDataset;
import org.colonnade.certification.configuration.Configuration.Column;
import org.colonnade.certification.configuration.Configuration.Right;
import org.colonnade.certification.configuration.Configuration.Workspace;
import org.colonnade.certification.configuration.ConfigurationYaml;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.Part;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What administrators decide: workspaces and components, who may do what, accepted datasets, and all of it as one file. */
@Controller
class SettingsPages {

    private static final String IMPORT = "configuration.import";
    private static final String WORKSPACE_NAME = "[a-z0-9_]{1,40}";

    private final Configurations configurations;
    private final Rights rights;
    private final List<RoleDeclaration> roles;

    SettingsPages(Configurations configurations, Rights rights, List<RoleDeclaration> roles) {
        this.configurations = configurations;
        this.rights = rights;
        this.roles = roles;
    }

    @GetMapping("/certification/settings")
    String settings(Visitor visitor, Model model) {
        return show(null, "", visitor, model);
    }

    private String show(@Nullable String refusal, String yaml, Visitor visitor, Model model) {
        Configurations.Current current = configurations.current();
        model.addAttribute("configuration", current.document());
        model.addAttribute("version", current.version());
        model.addAttribute("refusal", refusal);
        model.addAttribute("yaml", yaml);
        model.addAttribute(
                "roles",
                roles.stream()
                        .map(RoleDeclaration::name)
                        .filter(n -> n.startsWith("certification."))
                        .sorted()
                        .toList());
        model.addAttribute("mayWorkspaces", may(visitor, Part.WORKSPACES));
        model.addAttribute("mayRights", may(visitor, Part.RIGHTS));
        model.addAttribute("mayDatasets", may(visitor, Part.ACCEPTED_DATASETS));
        model.addAttribute("mayImport", rights.may(visitor, IMPORT, Workspaces.GLOBAL));
        model.addAttribute(
                "versions", configurations.versions().stream().limit(20).toList());
        return "certification/settings";
    }

    private boolean may(Visitor visitor, Part part) {
        return rights.may(visitor, part.action(), Workspaces.GLOBAL);
    }

    @PostMapping("/certification/settings")
    String change(
            @RequestParam String act,
            @RequestParam long seen,
            @RequestParam Map<String, String> sent,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        Part part = switch (act.substring(act.indexOf('-') + 1)) {
            case "workspaces" -> Part.WORKSPACES;
            case "rights" -> Part.RIGHTS;
            default -> Part.ACCEPTED_DATASETS;
        };
        rights.require(visitor, part.action(), Workspaces.GLOBAL);
        try {
            UnaryOperator<Configuration> change = switch (act) {
                case "add-workspaces" -> c -> addWorkspace(c, sent);
                case "remove-workspaces" -> c -> removeColumn(c, sent);
                case "add-rights" -> c -> addRight(c, sent);
                case "remove-rights" -> c -> removeRight(c, whole(sent.get("index")));
                case "save-datasets" -> c -> saveDataset(c, sent);
                case "remove-datasets" -> c -> removeDataset(c, whole(sent.get("id")));
                default -> throw ProblemException.invalid("act", "is not one of those on this page");
            };
            configurations.change(Author.person(visitor.name()), comment(act, sent), seen, change);
            return "redirect:/certification/settings?done=saved";
        } catch (RuleException e) {
            return refused(String.valueOf(e.getMessage()), visitor, response, model);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.INVALID_INPUT) {
                throw e;
            }
            return refused(e.detail(), visitor, response, model);
        }
    }

    private String refused(String sentence, Visitor visitor, HttpServletResponse response, Model model) {
        response.setStatus(ProblemType.UNPROCESSABLE.status());
        return show(sentence, "", visitor, model);
    }

    private static String comment(String act, Map<String, String> sent) {
        return switch (act) {
            case "add-workspaces" ->
                "component " + sent.getOrDefault("workspace", "") + "-" + sent.getOrDefault("column", "") + " added";
            case "remove-workspaces" ->
                "component " + sent.getOrDefault("workspace", "") + "-" + sent.getOrDefault("column", "") + " removed";
            case "add-rights" -> "right given to " + sent.getOrDefault("group", "");
            case "remove-rights" -> "right taken away";
            case "save-datasets" -> "accepted dataset " + sent.getOrDefault("name", "") + " saved";
            default -> "accepted dataset removed";
        };
    }

    private static int whole(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,9}")) {
            throw refusal("A number is missing");
        }
        return Integer.parseInt(text);
    }

    private static ProblemException refusal(String sentence) {
        return ProblemException.of(ProblemType.UNPROCESSABLE, sentence);
    }

    private static Configuration addWorkspace(Configuration c, Map<String, String> sent) {
        String area = sent.getOrDefault("area", "");
        String name = sent.getOrDefault("workspace", "").strip();
        String column = sent.getOrDefault("column", "").strip();
        if (!area.equals(Configuration.ONLINE) && !area.equals(Configuration.OFFLINE)) {
            throw refusal("Choose online or offline");
        }
        if (!name.matches(WORKSPACE_NAME) || !(column.isEmpty() || column.matches(WORKSPACE_NAME))) {
            throw refusal("Names are of small letters, digits and _, without a -");
        }
        var workspaces = new ArrayList<>(c.workspaces());
        int nextColumn = workspaces.stream()
                        .flatMap(w -> w.columns().stream())
                        .mapToInt(Column::id)
                        .max()
                        .orElse(0)
                + 1;
        var columns = new ArrayList<Column>();
        Workspace known = c.workspace(area, name).orElse(null);
        if (known != null) {
            columns.addAll(known.columns());
            if (column.isEmpty() || columns.stream().anyMatch(k -> k.name().equals(column))) {
                throw refusal("There is such a component already");
            }
        }
        if (!column.isEmpty()) {
            columns.add(new Column(nextColumn, column, sent.containsKey("certified")));
        }
        int id = known == null
                ? workspaces.stream().mapToInt(Workspace::id).max().orElse(0) + 1
                : known.id();
        workspaces.remove(known);
        workspaces.add(new Workspace(id, area, name, List.copyOf(columns)));
        return with(c, workspaces, c.acceptedDatasets(), c.rights());
    }

    private static Configuration removeColumn(Configuration c, Map<String, String> sent) {
        Workspace known = c.workspace(sent.getOrDefault("area", ""), sent.getOrDefault("workspace", ""))
                .orElseThrow(() -> refusal("There is no such workspace"));
        String column = sent.getOrDefault("column", "");
        var workspaces = new ArrayList<>(c.workspaces());
        int at = workspaces.indexOf(known);
        if (column.isEmpty()) {
            workspaces.remove(at);
        } else {
            workspaces.set(
                    at,
                    new Workspace(
                            known.id(),
                            known.area(),
                            known.name(),
                            known.columns().stream()
                                    .filter(k -> !k.name().equals(column))
                                    .toList()));
        }
        return with(c, workspaces, c.acceptedDatasets(), c.rights());
    }

    private static Configuration addRight(Configuration c, Map<String, String> sent) {
        String group = sent.getOrDefault("group", "").strip();
        List<String> actions = words(sent.getOrDefault("actions", ""));
        List<String> workspaces = words(sent.getOrDefault("workspaces", ""));
        if (group.isEmpty() || actions.isEmpty() || workspaces.isEmpty()) {
            throw refusal("A right names a role, at least one action, and workspaces or *");
        }
        if (actions.stream().anyMatch(a -> !a.matches("[a-z_-]+(\\.([a-z_-]+|\\*))?"))) {
            throw refusal("An action is written as run.move, or run.* for all of its kind");
        }
        var all = new ArrayList<>(c.rights());
        all.add(new Right(group, actions, workspaces));
        return with(c, c.workspaces(), c.acceptedDatasets(), all);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[\\s,]+", -1))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    private static Configuration removeRight(Configuration c, int index) {
        var all = new ArrayList<>(c.rights());
        if (index >= all.size()) {
            throw refusal("There is no such right");
        }
        all.remove(index);
        return with(c, c.workspaces(), c.acceptedDatasets(), all);
    }

    private static Configuration saveDataset(Configuration c, Map<String, String> sent) {
        int id = whole(sent.getOrDefault("id", "0"));
        String name = sent.getOrDefault("name", "").strip();
        String runClass = sent.getOrDefault("runClass", "").strip();
        List<String> names = sent.getOrDefault("monitorNames", "")
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        if (!name.startsWith("/") || name.length() > 300 || runClass.isEmpty()) {
            throw refusal("An accepted dataset has a name that begins with / and a class of runs");
        }
        var all = new ArrayList<>(c.acceptedDatasets());
        int next =
                id > 0 ? id : all.stream().mapToInt(AcceptedDataset::id).max().orElse(0) + 1;
        all.removeIf(a -> a.id() == id);
        all.add(new AcceptedDataset(
                next,
                name,
                runClass,
                run(sent.getOrDefault("firstRun", "")),
                run(sent.getOrDefault("lastRun", "")),
                sent.containsKey("enabled"),
                names));
        return with(c, c.workspaces(), all, c.rights());
    }

    private static @Nullable Integer run(String text) {
        return text.isBlank() ? null : (Integer) whole(text.strip());
    }

    private static Configuration removeDataset(Configuration c, int id) {
        var all = new ArrayList<>(c.acceptedDatasets());
        if (!all.removeIf(a -> a.id() == id)) {
            throw refusal("There is no such accepted dataset");
        }
        return with(c, c.workspaces(), all, c.rights());
    }

    private static Configuration with(
            Configuration c, List<Workspace> workspaces, List<AcceptedDataset> accepted, List<Right> rights) {
        return new Configuration(
                workspaces,
                c.classes(),
                c.significance(),
                c.components(),
                c.appearance(),
                accepted,
                c.goldenRules(),
                rights);
    }

    /** What an import would change in one part of the settings. */
    record Change(String name, List<String> gone, List<String> fresh) {}

    /** Says what a file would change, or takes it over. */
    @PostMapping("/certification/settings/import")
    String importing(
            @RequestParam(defaultValue = "") String yaml,
            @RequestParam(defaultValue = "dry") String act,
            @RequestParam long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, IMPORT, Workspaces.GLOBAL);
        try {
            Configuration wanted = ConfigurationYaml.read(yaml);
            List<Change> parts = changes(configurations.current().document(), wanted);
            if (parts.stream().anyMatch(p -> p.name().equals(Part.RIGHTS.key()))) {
                // Whoever could give rights could give them to themselves.
                rights.require(visitor, Part.RIGHTS.action(), Workspaces.GLOBAL);
            }
            if (act.equals("import") && !parts.isEmpty()) {
                configurations.change(
                        Author.person(visitor.name()),
                        "import of the configuration: "
                                + String.join(
                                        ", ", parts.stream().map(Change::name).toList()),
                        seen,
                        before -> wanted);
                return "redirect:/certification/settings?done=imported";
            }
            model.addAttribute("parts", parts);
            return show(null, yaml, visitor, model);
        } catch (RuleException e) {
            response.setStatus(ProblemType.UNPROCESSABLE.status());
            return show(String.valueOf(e.getMessage()), yaml, visitor, model);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.CONFLICT) {
                throw e;
            }
            response.setStatus(e.type().status());
            return show(
                    e.detail() + ". Your file is still there: see again what it would change", yaml, visitor, model);
        }
    }

    private static List<Change> changes(Configuration before, Configuration after) {
        JsonNode old = JsonMapper.shared().valueToTree(before);
        JsonNode now = JsonMapper.shared().valueToTree(after);
        var parts = new ArrayList<Change>();
        for (String name : now.propertyNames()) {
            List<String> was =
                    old.path(name).valueStream().map(JsonNode::toString).toList();
            List<String> is =
                    now.path(name).valueStream().map(JsonNode::toString).toList();
            if (!was.equals(is)) {
                parts.add(new Change(
                        name,
                        was.stream().filter(w -> !is.contains(w)).toList(),
                        is.stream().filter(w -> !was.contains(w)).toList()));
            }
        }
        return parts;
    }
}
