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
        return find(request).isPresent();
    }

    /** The door through which a request came, also while its error is being answered. */
    public Optional<FrontDoor> find(HttpServletRequest request) {
        return find(request.getLocalPort(), path(request));
    }

    /**
     * @param port on which the connection arrived; what a client writes into {@code Host} does not count
     * @param path as it was asked for, with or without the prefix where the door has the port to itself
     */
    public Optional<FrontDoor> find(int port, String path) {
        String clean = path.replaceAll("/{2,}", "/");
        return atRootOf(port)
                .or(() -> doors.stream()
                        .filter(door -> clean.equals(door.prefix()) || clean.startsWith(door.prefix() + "/"))
                        .findFirst());
    }

    Optional<FrontDoor> atRootOf(int port) {
        return doors.stream()
                .filter(door -> door.rootPort() > 0 && door.rootPort() == port)
                .findFirst();
    }

    List<Integer> rootPorts() {
        return doors.stream().map(FrontDoor::rootPort).filter(port -> port > 0).toList();
    }

    /** The path that was asked for, also while its error is being answered. */
    public static String path(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original == null ? request.getRequestURI() : original.toString();
        return path.substring(Math.min(path.length(), request.getContextPath().length()));
    }
}
