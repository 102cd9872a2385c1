package org.colonnade.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints that fail on purpose, at all three kinds of places. */
@Hidden
@RestController
@RequestMapping({"/api/v1/faults", "/faults", "/fault-door"})
class Faults {

    record Step(@NotBlank String name, int count, boolean fast) {}

    record Plan(@Valid List<Step> steps) {}

    @PostMapping(consumes = "application/json", produces = "application/json")
    Map<String, String> take(@Valid @RequestBody Plan plan) {
        return Map.of("steps", Integer.toString(plan.steps().size()));
    }

    @GetMapping("/bug")
    String bug() {
        throw new IllegalStateException("secret internals at com.example.Secret");
    }

    @GetMapping("/unavailable")
    String unavailable() {
        throw ProblemException.of(ProblemType.UNAVAILABLE, "The engine is not installed on this server");
    }

    @GetMapping("/number")
    int number(@RequestParam int count) {
        return count;
    }

    @Configuration(proxyBeanMethods = false)
    static class Door {

        @Bean
        FrontDoor faultDoor() throws IOException {
            int port = freePort();
            return new FrontDoor() {
                @Override
                public String prefix() {
                    return "/fault-door";
                }

                @Override
                public int rootPort() {
                    return port;
                }

                @Override
                public Object errorBody(int status, String message) {
                    return Map.of("error", message, "code", status);
                }
            };
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }
}
