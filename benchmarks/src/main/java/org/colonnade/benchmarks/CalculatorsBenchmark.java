package org.colonnade.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.colonnade.Colonnade;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The calculators over HTTP on the loopback, from the request's first byte to the answer's last, one request at a time, warm.
 * The figures to compare with are those of the program that users know: a request took over a second there, because it
 * slept and polled.
 */
final class CalculatorsBenchmark implements Benchmark {

    private static final int WARM_UP = 1_000;
    private static final int POINTS = 2_000;
    private static final int GRIDS = 200;
    private static final int BATCHES = 7;
    private static final int ROWS = 100_000;
    private static final double GATEWAY_MS = 1_000;

    private static final List<String> REACTIONS = List.of(
            "-1 QUARTZ; 1 SiO2,aq",
            "-1 CALCITE; 1 Ca+2; 1 CO3-2",
            "-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3-",
            "-1 H2O; 1 H+; 1 OH-",
            "-1 CO2,g; 1 CO2,aq",
            "-1 HALITE; 1 Na+; 1 Cl-",
            "-1 ANHYDRITE; 1 Ca+2; 1 SO4-2",
            "-1 MAGNESITE; 1 Mg+2; 1 CO3-2",
            "-1 HSO4-; 1 H+; 1 SO4-2",
            "-1 H2S,aq; 1 H+; 1 HS-");

    private static final List<String> SINGLE_POINTS = List.of(
            "co2?T_K=298.15&P_bar=100&mNaCl=1",
            "h2s?system=1&temp_K=323.15&mNaCl=1&P_bar=100",
            "rates?species=Albite&temp_C=25&pH=5",
            "supcrt?T_C=300&P_bar=1000&reaction=" + URLEncoder.encode("-1 QUARTZ; 1 SiO2,aq", StandardCharsets.UTF_8),
            "species?name=quartz");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String base = "";

    @Override
    public String name() {
        return "calculators";
    }

    @Override
    public String title() {
        return "calculators over HTTP: single points, 10 reactions at 200 states, a batch of 100,000 rows";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        System.setProperty("logging.level.root", "ERROR");
        try (ConfigurableApplicationContext gateway = new SpringApplication(Colonnade.class)
                .run(
                        "--server.port=0",
                        "--colonnade.data=" + scratch.resolve("data"),
                        // The bound on how fast one caller asks is not what is measured.
                        "--colonnade.web.requests-per-second=1000000",
                        "--colonnade.web.request-burst=1000000")) {
            base = "http://localhost:" + gateway.getEnvironment().getRequiredProperty("local.server.port")
                    + "/api/v1/calculators/";
            // All of them first: what the first one measured would be the compiler at work on what they share.
            for (String point : SINGLE_POINTS) {
                repeat(WARM_UP, 0, request(point).GET().build());
            }
            for (String point : SINGLE_POINTS) {
                String name = point.substring(0, point.indexOf('?'));
                double[] times = repeat(0, POINTS, request(point).GET().build());
                report.add(Measure.info("single point, " + name + ", median", Numbers.quantile(0.5, times), "ms"));
                report.add(Measure.atMost("single point, " + name + ", p99", Numbers.quantile(0.99, times), "ms", 20));
            }
            double[] grids = repeat(GRIDS / 2, GRIDS, json("supcrt", grid()));
            report.add(Measure.atMost(
                    "10 reactions at 200 states, p95", Numbers.quantile(0.95, grids), "ms", GATEWAY_MS / 10));
            double[] batches = repeat(2, BATCHES, csv("co2/batch", rows()));
            report.add(
                    Measure.atMost("CO2 batch of 100,000 rows, median", Numbers.quantile(0.5, batches), "ms", 2_000));
        } finally {
            http.close();
        }
    }

    private static String grid() {
        String reactions =
                REACTIONS.stream().map(text -> "{\"text\":\"" + text + "\"}").collect(Collectors.joining(","));
        return "{\"reactions\":[" + reactions + "],\"grid\":{\"kind\":\"isobars\","
                + "\"isopleths\":{\"min\":500,\"max\":2000,\"increment\":500},"
                + "\"steps\":{\"min\":25,\"max\":515,\"increment\":10}}}";
    }

    private static String rows() {
        return "T_K,P_bar,mNaCl\n"
                + IntStream.range(0, ROWS)
                        .mapToObj(i -> (280 + i % 250) + "," + (1 + i % 1900) + "," + i % 45 / 10.0)
                        .collect(Collectors.joining("\n"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private HttpRequest json(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest csv(String path, String body) {
        return request(path)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Milliseconds of each request after the warm-up. */
    private double[] repeat(int before, int measured, HttpRequest request) throws IOException, InterruptedException {
        var times = new double[measured];
        for (int i = -before; i < measured; i++) {
            long start = System.nanoTime();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            double taken = (System.nanoTime() - start) / 1e6;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answered " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            if (i >= 0) {
                times[i] = taken;
            }
        }
        return times;
    }
}
