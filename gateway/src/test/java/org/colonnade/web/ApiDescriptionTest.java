package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API, as document and as page. */
@GatewayTest
class ApiDescriptionTest {

    @Value("${local.server.port}")
    int port;

    @Autowired
    JsonMapper mapper;

    @Test
    void everyOperationOfOursNamesItsProblems() throws Exception {
        JsonNode api = mapper.readTree(get("/v3/api-docs"));
        assertThat(api.at("/components/schemas/Problem/properties/reference").isMissingNode())
                .isFalse();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> Set.of("get", "post", "put", "delete").contains(method.getKey()))
                        .filter(method -> path.getKey().startsWith("/api/v1/"))
                        .forEach(method -> {
                            JsonNode refused = method.getValue().at("/responses/429");
                            assertThat(refused.at("/headers/Retry-After").isMissingNode())
                                    .as(path.getKey())
                                    .isFalse();
                            assertThat(refused.at("/content/application~1problem+json/schema/$ref")
                                            .asString())
                                    .endsWith("/Problem");
                            assertThat(method.getValue().get("responses").propertyNames())
                                    .as("what %s %s answers when all is well", method.getKey(), path.getKey())
                                    .anyMatch(status -> status.startsWith("2") || status.startsWith("3"));
                        }));
    }

    @Test
    void everyOperationStandsInANamedGroupAndOfOursEachSaysWhatItDoes() throws Exception {
        JsonNode api = mapper.readTree(get("/v3/api-docs"));
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String operation = method.getKey() + " " + path.getKey();
                    // Without a name of its own a group is called after a class.
                    assertThat(method.getValue().at("/tags/0").asString())
                            .as(operation)
                            .isNotBlank()
                            .doesNotMatch(".*-(controller|api|pages?)");
                    if (path.getKey().startsWith("/api/v1/")) {
                        assertThat(method.getValue().path("summary").asString(""))
                                .as(operation)
                                .isNotBlank();
                    }
                }));
    }

    @Test
    void aPropertyThatMayBeNullIsDescribedSo() throws Exception {
        JsonNode schemas = mapper.readTree(get("/v3/api-docs")).at("/components/schemas");
        assertThat(schemas.at("/PhreeqcStatus/properties/missing/type").toString())
                .isEqualTo("[\"string\",\"null\"]");
        assertThat(schemas.at("/PhreeqcStatus/properties/available/type").asString())
                .isEqualTo("boolean");
    }

    @Test
    void jsonOfNoFixedShapeIsDescribedAsThat() throws Exception {
        JsonNode api = mapper.readTree(get("/v3/api-docs"));
        assertThat(api.at("/components/schemas").propertyNames()).noneMatch(name -> name.endsWith("Node"));
        assertThat(api.at("/components/schemas/HideDatasets/properties/filter").toString())
                .isEqualTo("{}");
        JsonNode change = api.get("paths")
                .get("/api/v1/certification/configuration/{part}/{id}")
                .get("put");
        assertThat(change.at("/requestBody/content/application~1json/schema/type")
                        .asString())
                .isEqualTo("object");
        assertThat(change.at("/responses/200/content/application~1json/schema/type")
                        .asString())
                .isEqualTo("object");
    }

    @Test
    void thePageShowsTheSameOperationsAndLimitsWithoutAnyScript() throws Exception {
        assertThat(get("/api"))
                .contains("/api/v1/jobs/{id}/cancel", "integer from 1 to 200, otherwise 50", "429 Too much at once")
                .doesNotContain("swagger");
    }

    private String get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Accept", "*/*")
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
