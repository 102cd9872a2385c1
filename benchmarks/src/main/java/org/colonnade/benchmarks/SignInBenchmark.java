package org.colonnade.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
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
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.colonnade.Colonnade;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.identity.token.SignedTokens;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Fifty people sign in and fetch tokens at once, again and again, while others read the API. Passwords cost what OWASP
 * advises; the bound on how many are hashed at once has to keep the readers' answers quick.
 */
final class SignInBenchmark implements Benchmark {

    private static final int PEOPLE = 50;
    private static final int READERS = 4;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final String PASSWORD = "granite basalt gneiss marble";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private String base = "";
    private IntSupplier taken = () -> 0;

    @Override
    public String name() {
        return "signin";
    }

    @Override
    public String title() {
        return "sign-in and token issue under 50 parallel clients, with readers beside them";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        System.setProperty("logging.level.root", "ERROR");
        try (ConfigurableApplicationContext gateway = new SpringApplication(Colonnade.class)
                .run("--server.port=0", "--colonnade.data=" + scratch.resolve("data"))) {
            base = "http://localhost:" + gateway.getEnvironment().getRequiredProperty("local.server.port");
            taken = gateway.getBean(HikariDataSource.class).getHikariPoolMXBean()::getActiveConnections;
            String reader = prepare(gateway);
            Callable<Boolean> read = () -> status(request("/api/v1/me")
                            .header("Authorization", "Bearer " + reader)
                            .GET())
                    == 200;
            measure(List.of(), read, Duration.ofSeconds(5));
            Result quiet = measure(List.of(), read, Duration.ofSeconds(5));
            report.add(Measure.info("API reads alone, p95", quiet.p95(quiet.reads), "ms"));
            List<Callable<Boolean>> tokens = people(this::issueToken);
            List<Callable<Boolean>> pages = people(this::signIn);
            Result issued = measure(tokens, read, TIME);
            add(report, "token issue", issued);
            Result signedIn = measure(pages, read, TIME);
            add(report, "sign-in", signedIn);
        } finally {
            http.close();
        }
    }

    private static void add(Report report, String what, Result result) {
        report.add(Measure.info(what + ", 50 clients, p95", result.p95(result.work), "ms"));
        report.add(Measure.info(what + ", 50 clients", result.work.size() / (double) TIME.toSeconds(), "per s"));
        report.add(Measure.atMost(what + ", errors", result.errors.get(), "of " + result.work.size(), 0));
        report.add(Measure.atMost("API reads during " + what + ", p95", result.p95(result.reads), "ms", 50));
        report.add(Measure.info("database connections taken at once during " + what, result.connections.get(), "most"));
    }

    private String prepare(ConfigurableApplicationContext gateway) {
        var registration = gateway.getBean(Registration.class);
        String encoded = gateway.getBean(Passwords.class).hash(PASSWORD);
        List<Account> accounts = IntStream.range(0, PEOPLE)
                .mapToObj(i -> registration.createApproved("Person " + i, email(i), encoded, "benchmark"))
                .toList();
        Account reader = accounts.getFirst();
        SignedTokens tokens = gateway.getBean(SignedTokens.class);
        return tokens.refresh(tokens.createRefreshToken(reader.visitor(), reader.id()))
                .orElseThrow();
    }

    private static String email(int person) {
        return "person" + person + "@example.edu";
    }

    private interface Person {
        boolean act(int number) throws Exception;
    }

    private static List<Callable<Boolean>> people(Person person) {
        return IntStream.range(0, PEOPLE)
                .mapToObj(i -> (Callable<Boolean>) () -> person.act(i))
                .toList();
    }

    private boolean issueToken(int person) throws Exception {
        String basic =
                Base64.getEncoder().encodeToString((email(person) + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return status(request("/api/v1/tokens")
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\": \"benchmark\", \"days\": 1}")))
                == 201;
    }

    private boolean signIn(int person) throws Exception {
        HttpResponse<String> page =
                send(request("/sign-in").header("Accept", "text/html").GET());
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        Matcher token = TOKEN.matcher(page.body());
        if (!token.find()) {
            return false;
        }
        String form = "email=" + email(person) + "&password=" + encode(PASSWORD) + "&_csrf=" + encode(token.group(1));
        return status(request("/sign-in")
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                == 302;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request).statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Times in milliseconds. */
    private record Result(
            ConcurrentLinkedQueue<Double> work,
            ConcurrentLinkedQueue<Double> reads,
            AtomicInteger errors,
            AtomicInteger connections) {

        double p95(ConcurrentLinkedQueue<Double> samples) {
            return Numbers.quantile(
                    0.95, samples.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private Result measure(List<Callable<Boolean>> workers, Callable<Boolean> read, Duration time)
            throws InterruptedException {
        var result = new Result(
                new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>(), new AtomicInteger(), new AtomicInteger());
        long end = System.nanoTime() + time.toNanos();
        var running = new CountDownLatch(workers.size() + READERS);
        workers.forEach(worker -> repeat(worker, result.work, result.errors, end, 0, running));
        for (int i = 0; i < READERS; i++) {
            repeat(read, result.reads, result.errors, end, 10, running);
        }
        while (!running.await(10, TimeUnit.MILLISECONDS)) {
            result.connections.accumulateAndGet(taken.getAsInt(), Math::max);
        }
        return result;
    }

    private static void repeat(
            Callable<Boolean> act,
            ConcurrentLinkedQueue<Double> times,
            AtomicInteger errors,
            long end,
            long pause,
            CountDownLatch running) {
        Thread.ofVirtual().start(() -> {
            try {
                while (System.nanoTime() < end) {
                    long start = System.nanoTime();
                    if (!succeeds(act)) {
                        errors.incrementAndGet();
                    }
                    times.add((System.nanoTime() - start) / 1e6);
                    Thread.sleep(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running.countDown();
            }
        });
    }

    /** An answer that never came is an error like a wrong one, and its client goes on. */
    private static boolean succeeds(Callable<Boolean> act) {
        try {
            return act.call();
        } catch (Exception e) {
            return false;
        }
    }
}
