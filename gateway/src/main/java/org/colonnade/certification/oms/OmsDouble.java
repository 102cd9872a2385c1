package org.colonnade.certification.oms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.colonnade.certification.certify.OmsSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers like the monitoring system, from runs held in memory: for tests, and for trying the registry out. Listens on
 * the loopback address only.
 */
public final class OmsDouble implements AutoCloseable {

    /** What can be wrong with an answer. */
    public enum Fault {
        NONE,
        /** A sign-in page. */
        HTML,
        /** JSON that ends in the middle. */
        HALF,
        /** The server is broken. */
        ERROR,
        /** Lumisections of another run than was asked for. */
        OTHER_RUN,
        /** Half of the lumisections that there are said to be. */
        SHORT
    }

    private volatile Fault fault = Fault.NONE;
    private final HttpServer server;
    private final Map<Integer, OmsSource.Report> runs = new ConcurrentSkipListMap<>();

    private OmsDouble(HttpServer server) {
        this.server = server;
    }

    public static OmsDouble start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        var result = new OmsDouble(server);
        server.createContext("/agg/api/v1/runs", result::runs);
        server.createContext("/agg/api/v1/lumisections", result::lumisections);
        server.createContext("/token", result::token);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return result;
    }

    /** Adds a run, or replaces it. */
    public void put(int run, ObjectNode attributes, List<ObjectNode> lumisections) {
        runs.put(run, new OmsSource.Report(attributes, List.copyOf(lumisections)));
    }

    /** From now on every answer is wrong in this way. */
    public void misbehave(Fault how) {
        fault = how;
    }

    /** As {@code colonnade.certification.oms.url} takes it. */
    public String url() {
        return base() + "/agg/api/v1";
    }

    public String tokenUrl() {
        return base() + "/token";
    }

    private String base() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    private void runs(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        String wanted = query.get("filter[run_number]");
        List<ObjectNode> found = runs.entrySet().stream()
                .filter(e -> wanted == null || wanted.equals(Integer.toString(e.getKey())))
                .map(e -> e.getValue().attributes())
                .sorted(Comparator.comparing(
                                (ObjectNode a) -> a.path("last_update").asString(""))
                        .reversed())
                .toList();
        answer(exchange, "runs", found, query);
    }

    private void lumisections(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        int run = Integer.parseInt(query.getOrDefault("filter[run_number]", "0"));
        var found = new ArrayList<ObjectNode>();
        OmsSource.Report report = runs.get(run);
        if (report != null) {
            for (ObjectNode lumisection : report.lumisections()) {
                found.add(lumisection
                        .deepCopy()
                        .put("run_number", fault == Fault.OTHER_RUN ? run + 1 : run)
                        .put("lumisection_number", found.size() + 1));
            }
        }
        answer(exchange, "lumisections", found, query);
    }

    private void token(HttpExchange exchange) throws IOException {
        send(exchange, 200, "{\"access_token\":\"double\",\"expires_in\":1200}");
    }

    private void answer(HttpExchange exchange, String type, List<ObjectNode> all, Map<String, String> query)
            throws IOException {
        int offset = Integer.parseInt(query.getOrDefault("page[offset]", "0"));
        int limit = Integer.parseInt(query.getOrDefault("page[limit]", "50"));
        var root = JsonNodeFactory.instance.objectNode();
        var data = root.putArray("data");
        boolean half = fault == Fault.SHORT && type.equals("lumisections");
        all.subList(0, half ? all.size() / 2 : all.size()).stream()
                .skip(offset)
                .limit(limit)
                .forEach(a -> data.addObject().put("type", type).set("attributes", a));
        root.putObject("links");
        root.putObject("meta").put("totalResourceCount", all.size());
        String text = root.toString();
        switch (fault) {
            case HTML -> send(exchange, 200, "<!DOCTYPE html><title>Sign in</title>");
            case HALF -> send(exchange, 200, text.substring(0, text.length() / 2));
            case ERROR -> send(exchange, 500, "{\"errors\":[]}");
            case NONE, OTHER_RUN, SHORT -> send(exchange, 200, text);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var result = new LinkedHashMap<String, String>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            result.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return result;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
