package org.colonnade.certification.dqm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the quality monitor for its list of samples, with the gateway's own certificate if it has one. */
@Component
class QualityMonitor {

    private final CertificationProperties.QualityMonitor properties;
    private final HttpClient http;

    QualityMonitor(CertificationProperties properties) {
        this.properties = properties.qualityMonitor();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER);
        Path keyStore = this.properties.keyStore();
        if (keyStore != null) {
            builder.sslContext(context(keyStore, Objects.requireNonNullElse(this.properties.keyStorePassword(), "")));
        }
        this.http = builder.build();
    }

    boolean isConfigured() {
        return properties.url() != null;
    }

    private static SSLContext context(Path file, String password) {
        try (InputStream stream = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stream, password.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificate for the quality monitor cannot be read from " + file, e);
        }
    }

    /** @throws OmsUnavailableException if it cannot be asked, or does not answer with JSON */
    JsonNode samples() {
        if (properties.url() == null) {
            throw new OmsUnavailableException("No quality monitor is configured");
        }
        var request = HttpRequest.newBuilder(URI.create(properties.url()))
                .timeout(properties.timeout())
                .header("Accept", "application/json")
                .GET()
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new OmsUnavailableException("The quality monitor answered with status " + response.statusCode());
            }
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new OmsUnavailableException("The quality monitor's answer is not JSON");
        } catch (IOException e) {
            throw new OmsUnavailableException("The quality monitor cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OmsUnavailableException("The question to the quality monitor was interrupted");
        }
    }
}
