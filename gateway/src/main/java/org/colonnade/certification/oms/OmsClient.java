package org.colonnade.certification.oms;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.certification.certify.OmsSource;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads runs from the monitoring system's JSON:API. Every answer is checked before it is believed: the right run, the
 * lumisections 1 to n without gaps. Lists longer than a page are read to their end.
 */
@Component
public class OmsClient implements OmsSource {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration TOKEN_MARGIN = Duration.ofSeconds(30);
    private static final int MAX_LUMISECTIONS = 100_000;

    private final CertificationProperties.Oms properties;
    private final OmsAddress address;
    private final HttpClient http;
    private @Nullable Token token;

    private record Token(String value, Instant until) {}

    OmsClient(CertificationProperties properties, OmsAddress address) {
        this.properties = properties.oms();
        this.address = address;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Optional<Report> run(int number) {
        List<ObjectNode> runs = get("runs?filter[run_number]=" + number);
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode attributes = runs.getFirst();
        requireRun(attributes, number);
        return Optional.of(new Report(attributes, lumisections(number)));
    }

    /** The runs that changed last, the latest first. */
    List<ObjectNode> latest(int limit, int offset) {
        return get("runs?sort=-last_update&page[limit]=" + limit + (offset == 0 ? "" : "&page[offset]=" + offset));
    }

    /** Asks on until as many are there as the system says there are; if it does not say, until a page is not full. */
    private List<ObjectNode> lumisections(int number) {
        var all = new ArrayList<ObjectNode>();
        int size = properties.pageSize();
        Page page;
        do {
            page = page("lumisections?filter[run_number]=" + number + "&page[limit]=" + size
                    + (all.isEmpty() ? "" : "&page[offset]=" + all.size()));
            page.rows().forEach(ls -> requireRun(ls, number));
            all.addAll(page.rows());
        } while (all.size() <= MAX_LUMISECTIONS
                && !page.rows().isEmpty()
                && (page.total() < 0 ? page.rows().size() == size : all.size() < page.total()));
        if (all.size() < page.total()) {
            throw new OmsUnavailableException("The monitoring system reports " + all.size() + " of " + page.total()
                    + " lumisections of run " + number);
        }
        all.sort(Comparator.comparingInt(ls -> ls.path("lumisection_number").asInt(0)));
        for (int i = 0; i < all.size(); i++) {
            int found = all.get(i).path("lumisection_number").asInt(0);
            if (found != i + 1) {
                throw new OmsUnavailableException("The monitoring system reports lumisection " + found + " of run "
                        + number + " where " + (i + 1) + " was expected");
            }
        }
        return all;
    }

    private static void requireRun(ObjectNode attributes, int number) {
        int reported = attributes.path("run_number").asInt(number);
        if (reported != number) {
            throw new OmsUnavailableException(
                    "The monitoring system answered about run " + reported + " when asked about run " + number);
        }
    }

    private List<ObjectNode> get(String query) {
        return page(query).rows();
    }

    /** @param total how many there are on all pages together; -1 if that is not said */
    private record Page(List<ObjectNode> rows, int total) {}

    private Page page(String query) {
        String url = address.url();
        if (url == null) {
            throw new OmsUnavailableException("No monitoring system is configured");
        }
        var request = HttpRequest.newBuilder(
                        URI.create(url + "/" + query.replace("[", "%5B").replace("]", "%5D")))
                .timeout(properties.timeout())
                .header("Accept", "application/json")
                .GET();
        String bearer = token();
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        JsonNode answer = json(send(request.build()));
        if (!answer.path("data").isArray()) {
            throw new OmsUnavailableException("The monitoring system's answer holds no data");
        }
        var result = new ArrayList<ObjectNode>();
        for (JsonNode element : answer.path("data")) {
            if (!(element.path("attributes") instanceof ObjectNode attributes)) {
                throw new OmsUnavailableException("The monitoring system's answer is incomplete");
            }
            result.add(attributes);
        }
        return new Page(result, answer.at("/meta/totalResourceCount").asInt(-1));
    }

    private synchronized @Nullable String token() {
        if (properties.tokenUrl() == null || !address.isConfigured()) {
            return null;
        }
        Token known = token;
        if (known == null || Instant.now().isAfter(known.until())) {
            known = fetchToken(properties.tokenUrl());
            token = known;
        }
        return known.value();
    }

    private Token fetchToken(String url) {
        String credentials = Objects.requireNonNullElse(properties.clientId(), "") + ":"
                + Objects.requireNonNullElse(properties.clientSecret(), "");
        String form = "grant_type=client_credentials"
                + (properties.audience() == null
                        ? ""
                        : "&audience=" + URLEncoder.encode(properties.audience(), StandardCharsets.UTF_8));
        JsonNode answer = json(send(HttpRequest.newBuilder(URI.create(url))
                .timeout(properties.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build()));
        if (!answer.path("access_token").isString()) {
            throw new OmsUnavailableException("No token was given for the monitoring system");
        }
        Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(300));
        return new Token(
                answer.path("access_token").stringValue(),
                Instant.now().plus(life).minus(TOKEN_MARGIN));
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new OmsUnavailableException(
                        "The monitoring system answered with status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new OmsUnavailableException("The monitoring system cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OmsUnavailableException("The question to the monitoring system was interrupted");
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new OmsUnavailableException("The monitoring system's answer is not JSON");
        }
    }
}
