package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Version;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The log of versions, and the configuration as scripts read it. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class LogController {

    private static final int MAX_PAGE = 1000;

    private final History history;
    private final Configurations configurations;

    LogController(History history, Configurations configurations) {
        this.history = history;
        this.configurations = configurations;
    }

    static ObjectNode version(Version version) {
        return Shapes.object()
                .put("atomic_version", version.version())
                .put("by", version.author())
                .put("comment", version.comment())
                .put("createdAt", version.at().toString());
    }

    @PostMapping("/versions/get_versions")
    ObjectNode versions(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        int page = body.whole("page");
        int size = body.whole("page_size");
        if (page < 0 || size < 1 || size > MAX_PAGE) {
            throw Body.invalid("\"page\" must not be negative, and \"page_size\" lies between 1 and " + MAX_PAGE);
        }
        long count = history.count();
        var result = Shapes.object();
        ArrayNode rows = result.putArray("versions");
        history.versions(size, (long) page * size).forEach(v -> rows.add(version(v)));
        return result.put("pages", (count + size - 1) / size).put("count", count);
    }

    @GetMapping("/workspaces/{area}")
    ArrayNode workspaces(@PathVariable String area) {
        var result = JsonNodeFactory.instance.arrayNode();
        document().workspaces(area).forEach(w -> {
            ObjectNode row = result.addObject()
                    .put("id", w.id())
                    .put("workspace", w.name())
                    .put("online_or_offline", w.area());
            ArrayNode names = row.putArray("columns");
            ArrayNode withId = row.putArray("columns_with_id");
            w.columns().forEach(c -> {
                names.add(c.name());
                withId.addObject().put("id", c.id()).put("id_workspace", w.id()).put("name", c.name());
            });
        });
        return result;
    }

    private Configuration document() {
        return configurations.current().document();
    }
}
