package org.colonnade.web.request;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.colonnade.identity.StatelessPaths;
import org.colonnade.web.FrontDoor;
import org.springframework.stereotype.Component;

/** Knows what lies below a front door, and tells the security chain that all of it is for scripts. */
@Component
public class FrontDoors implements StatelessPaths {

    private final List<FrontDoor> doors;

    FrontDoors(List<FrontDoor> doors) {
        this.doors = doors;
    }

    @Override
    public boolean covers(HttpServletRequest request) {
        return find(path(request)).isPresent();
    }

    public Optional<FrontDoor> find(String path) {
        String clean = path.replaceAll("/{2,}", "/");
        return doors.stream()
                .filter(door -> clean.equals(door.prefix()) || clean.startsWith(door.prefix() + "/"))
                .findFirst();
    }

    /** The path that was asked for, also while its error is being answered. */
    public static String path(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original == null ? request.getRequestURI() : original.toString();
        return path.substring(Math.min(path.length(), request.getContextPath().length()));
    }
}
