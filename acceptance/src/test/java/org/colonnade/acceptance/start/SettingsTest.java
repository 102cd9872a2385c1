package org.colonnade.acceptance.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.colonnade.acceptance.Browser;
import org.colonnade.acceptance.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The build finds the beans; what the operator says at the start still adds to them. */
class SettingsTest {

    private static Gateway gateway;
    private static ServerSocket mailServer;
    private static int rootPort;

    @BeforeAll
    static void anOperatorSetsMailAClusterAndAPort() throws Exception {
        mailServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        rootPort = freePort();
        String keeling = "--colonnade.execution.slurm.clusters.keeling.";
        gateway = Gateway.start(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mailServer.getLocalPort(),
                "--colonnade.certification.root-port=" + rootPort,
                keeling + "title=Keeling",
                keeling + "kinds=phreeqc",
                keeling + "host=127.0.0.1",
                keeling + "port=" + freePort(),
                keeling + "user=gateway",
                keeling + "host-keys=ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICVeHmzUus06XfEvTXRYARcPfemlrAehnxFQEuaXx/8y",
                keeling + "allow-password=true",
                keeling + "password=secret",
                keeling + "root=/scratch/gateway");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        mailServer.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aClusterIsAPlaceToRun() throws Exception {
        assertThat(get(gateway.uri("/api/v1/calculators/phreeqc/places"))).contains("\"Keeling\"");
    }

    @Test
    void aFrontDoorHasItsPort() throws Exception {
        assertThat(get(URI.create("http://localhost:" + rootPort + "/nothing"))).contains("err");
    }

    @Test
    void aMailGoesToTheMailServer() throws IOException {
        try (BrowserContext context = Browser.chromium().newContext()) {
            Page page = context.newPage();
            page.navigate(gateway.uri("/register").toString());
            page.fill("input[name=name]", "Mira");
            page.fill("input[name=email]", "mira@example.org");
            page.click("main form button");
            mailServer.setSoTimeout(30_000);
            try (var connection = mailServer.accept()) {
                assertThat(connection.isConnected()).isTrue();
            }
        }
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
