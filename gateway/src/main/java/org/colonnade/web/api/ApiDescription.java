package org.colonnade.web.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.List;
import org.colonnade.web.ProblemType;
import org.colonnade.web.error.ProblemBody;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Completes what springdoc reads from the code: what goes wrong, once for all operations, and what has no code. */
@Component
class ApiDescription implements OpenApiCustomizer {

    private static final String PROBLEM = "#/components/schemas/Problem";

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info()
                .title("Colonnade")
                .version("v1")
                .description(
                        "Problems are answered as RFC 9457 describes; each type is explained under its own address."
                                + " Lists are paged by cursor. A POST that creates takes an Idempotency-Key.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        api.servers(List.of(new Server().url("/")));
        if (api.getPaths() == null) {
            return;
        }
        var problem = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(ProblemBody.class).resolveAsRef(false));
        problem.referencedSchemas.forEach(api.getComponents()::addSchemas);
        api.getComponents().addSchemas("Problem", problem.schema.name("Problem"));
        api.getPaths().forEach((path, item) -> {
            if (path.startsWith("/api/v1/")) {
                item.readOperationsMap().forEach((method, operation) -> describe(path, method.name(), operation));
            }
        });
    }

    private static void describe(String path, String method, Operation operation) {
        List<ProblemType> types = new ArrayList<>(List.of(ProblemType.MALFORMED, ProblemType.TOO_MANY_REQUESTS));
        types.add(ProblemType.NOT_ACCEPTABLE);
        types.add(ProblemType.UNPROCESSABLE);
        types.add(ProblemType.INTERNAL);
        types.add(ProblemType.UNAVAILABLE);
        types.add(ProblemType.SIGN_IN_REQUIRED);
        types.add(ProblemType.FORBIDDEN);
        if (path.contains("{")) {
            types.add(ProblemType.NOT_FOUND);
        }
        if (!method.equals("GET")) {
            types.add(ProblemType.CONFLICT);
        }
        if (operation.getRequestBody() != null) {
            types.add(ProblemType.TOO_LARGE);
            types.add(ProblemType.UNSUPPORTED_TYPE);
        }
        ApiResponses responses = operation.getResponses();
        types.stream()
                .sorted()
                .forEach(type -> responses.compute(
                        Integer.toString(type.status()),
                        (status, declared) -> complete(declared == null ? new ApiResponse() : declared, type)));
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(problem());
            }
        });
        responses.values().forEach(ApiDescription::openYaml);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::describe);
        }
    }

    private static void describe(Parameter parameter) {
        if ("path".equals(parameter.getIn()) && parameter.getDescription() == null) {
            parameter.description("The " + parameter.getName() + " as another answer names it");
        }
    }

    /** A method that returns YAML as a text describes a text, though its readers get a document. */
    private static void openYaml(ApiResponse response) {
        if (response.getContent() != null && response.getContent().containsKey("application/yaml")) {
            response.getContent().get("application/yaml").setSchema(new Schema<>());
        }
    }

    /** What an operation itself says about a problem stays, such as a better description. */
    private static ApiResponse complete(ApiResponse response, ProblemType type) {
        if (response.getDescription() == null) {
            response.setDescription(type.title());
        }
        if (type == ProblemType.TOO_MANY_REQUESTS || type == ProblemType.UNAVAILABLE) {
            response.addHeaderObject(
                    "Retry-After",
                    new Header()
                            .description("After how many seconds to try again")
                            .schema(new IntegerSchema()));
        }
        return response;
    }

    private static Content problem() {
        return new Content()
                .addMediaType("application/problem+json", new MediaType().schema(new Schema<>().$ref(PROBLEM)));
    }
}
