package org.colonnade.web.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.colonnade.web.FrontDoor;
import org.colonnade.web.ProblemType;
import org.colonnade.web.request.FrontDoors;
import org.colonnade.web.request.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what Tomcat refuses before any of our code sees it, such as an address with forbidden characters: in the shape
 * of the path, and without Tomcat's name, version or stack.
 */
@Component
class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final FrontDoors doors;
    private final JsonMapper mapper;

    ContainerErrors(FrontDoors doors, JsonMapper mapper) {
        this.doors = doors;
        this.mapper = mapper;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Valve()));
    }

    private final class Valve extends ErrorReportValve {

        private static final Logger LOG = LoggerFactory.getLogger(ContainerErrors.class);

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            String reference = Reference.of(request);
            if (failure != null && response.getStatus() >= 500) {
                LOG.error("{} failed, reference {}", request.getRequestURI(), reference, failure);
            }
            try {
                Trouble trouble = Trouble.of(response.getStatus(), "");
                String path = String.valueOf(request.getRequestURI());
                Optional<FrontDoor> door = doors.find(request.getLocalPort(), path);
                boolean problem = path.startsWith("/api/");
                byte[] body = door.isPresent()
                        ? mapper.writeValueAsBytes(door.get().errorBody(trouble.status(), trouble.sentence()))
                        : problem
                                ? mapper.writeValueAsBytes(ProblemBody.of(trouble, "", reference))
                                : page(trouble.type(), reference).getBytes(StandardCharsets.UTF_8);
                response.setContentType(
                        door.isPresent()
                                ? MediaType.APPLICATION_JSON_VALUE
                                : problem ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : "text/html;charset=UTF-8");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The error of {} could not be delivered", reference, e);
            }
        }

        private String page(ProblemType type, String reference) {
            return """
                    <!doctype html>
                    <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>
                    <body><main><h1>%1$s</h1><p>%2$s</p><p>Reference: %3$s</p><p><a href="/">To the first page</a></p></main></body></html>
                    """.formatted(type.title(), type.advice(), reference);
        }
    }
}
