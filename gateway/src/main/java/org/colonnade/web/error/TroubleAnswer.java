package org.colonnade.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.colonnade.web.FrontDoor;
import org.colonnade.web.request.FrontDoors;
import org.colonnade.web.request.Reference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import tools.jackson.databind.json.JsonMapper;

/** Puts trouble into the shape that the one who asked understands. */
@Component
class TroubleAnswer {

    private final FrontDoors doors;
    private final JsonMapper mapper;

    TroubleAnswer(FrontDoors doors, JsonMapper mapper) {
        this.doors = doors;
        this.mapper = mapper;
    }

    ModelAndView answer(Trouble trouble, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return new ModelAndView();
        }
        response.resetBuffer();
        response.setStatus(trouble.status());
        // What described the content that was meant to come does not describe an error.
        for (String name : List.of("Content-Disposition", "Content-Length", "Content-Range", "ETag", "Last-Modified")) {
            response.setHeader(name, null);
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        trouble.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        String path = FrontDoors.path(request);
        Optional<FrontDoor> door = doors.find(request);
        if (door.isPresent()) {
            return json(MediaType.APPLICATION_JSON, door.get().errorBody(trouble.status(), trouble.sentence()));
        }
        String reference = Reference.of(request);
        return path.startsWith("/api/") || !wantsPage(request)
                ? json(MediaType.APPLICATION_PROBLEM_JSON, ProblemBody.of(trouble, request.getContextPath(), reference))
                : new ModelAndView("web/error", Map.of("trouble", trouble, "reference", reference));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.contains("text/html") || accept.contains("*/*");
    }

    private ModelAndView json(MediaType type, Object body) {
        View view = (model, request, response) -> {
            response.setContentType(type.toString());
            response.getOutputStream().write(mapper.writeValueAsBytes(body));
        };
        return new ModelAndView(view);
    }
}
