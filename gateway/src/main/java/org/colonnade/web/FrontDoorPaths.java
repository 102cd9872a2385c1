package org.colonnade.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.colonnade.identity.StatelessPaths;
import org.springframework.stereotype.Component;

/** Tells the security chain that everything below a front door is for scripts. */
@Component
class FrontDoorPaths implements StatelessPaths {

    private final List<FrontDoor> doors;

    FrontDoorPaths(List<FrontDoor> doors) {
        this.doors = doors;
    }

    @Override
    public boolean covers(HttpServletRequest request) {
        String path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceAll("/{2,}", "/");
        return doors.stream().map(FrontDoor::prefix).anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
    }
}
