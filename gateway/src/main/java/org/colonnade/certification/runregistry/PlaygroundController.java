package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import org.colonnade.certification.classifier.Playground;
import org.colonnade.certification.classifier.Playground.Kind;
import org.colonnade.certification.golden.Legacy;
import org.colonnade.certification.ledger.DatasetKey;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules tried on data, and the older ways of evaluating them over all. Nothing here writes. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class PlaygroundController {

    private final Playground playground;
    private final Legacy legacy;

    PlaygroundController(Playground playground, Legacy legacy) {
        this.playground = playground;
        this.legacy = legacy;
    }

    @GetMapping("/classifier_playground/run_info/{run}")
    ObjectNode runInfo(@PathVariable String run) {
        return playground.runDocument(Body.whole(run, "run_number"));
    }

    @PostMapping("/classifier_playground")
    ObjectNode onRun(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        int number = Body.whole(body.object("run").path("run_number"), "run_number");
        return explained(body.json("classifier"), playground.runDocument(number));
    }

    @PostMapping("/classifier_playground_arbitrary")
    ObjectNode onAnything(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return explained(body.json("json_logic"), body.json("data"));
    }

    @PostMapping("/classifier_playground/test_lumisection")
    ObjectNode onLumisection(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        var key = new DatasetKey(body.whole("run_number"), body.text("name", "online"));
        return explained(
                body.json("json_logic"), playground.document(Kind.GOLDEN, key, body.whole("lumisection_number")));
    }

    private static ObjectNode explained(JsonNode rule, JsonNode data) {
        return Body.understood(() -> {
            ObjectNode result = Shapes.object();
            result.set("result", Playground.explain(rule, data));
            result.set("data", data);
            return result;
        });
    }

    @PostMapping("/json_creation/generate")
    ObjectNode generate(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return Body.understood(() -> legacy.generate(body.json("json_logic")));
    }

    @PostMapping("/visualization/generate")
    ObjectNode losses(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return Body.understood(() -> legacy.losses(body.json("golden_logic"), body.json("denominator_logic")));
    }
}
