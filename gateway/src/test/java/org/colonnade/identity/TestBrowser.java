package org.colonnade.identity;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.colonnade.identity.key.Secrets;

/** A browser reduced to what this room sees of one: cookies, forms with the anti-forgery token, no scripts. */
public final class TestBrowser {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String base;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public TestBrowser(int port) {
        base = "http://localhost:" + port;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "text/html").GET());
    }

    /** @param form names and values in turn */
    public HttpResponse<String> post(String path, String... form) {
        if (cookies.isEmpty()) {
            cookies.put("colonnade-guest", Secrets.random());
        }
        String body = IntStream.range(0, form.length / 2)
                .mapToObj(i -> encode(form[2 * i]) + "=" + encode(form[2 * i + 1]))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-CSRF-TOKEN", forgeryToken())
                .POST(BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String setCookie) {
        String pair = setCookie.substring(0, setCookie.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        String value = pair.substring(pair.indexOf('=') + 1);
        if (value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** The token as the page would carry it: masked with random bytes, as Spring Security writes it. */
    public String forgeryToken() {
        String secret = cookies.getOrDefault("colonnade-session", cookies.getOrDefault("colonnade-guest", ""));
        byte[] token = Secrets.digest("anti-forgery:" + secret).getBytes(StandardCharsets.UTF_8);
        byte[] mask = Secrets.random().substring(0, token.length).getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[2 * token.length];
        for (int i = 0; i < token.length; i++) {
            whole[i] = mask[i];
            whole[token.length + i] = (byte) (token[i] ^ mask[i]);
        }
        return Base64.getUrlEncoder().encodeToString(whole);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
