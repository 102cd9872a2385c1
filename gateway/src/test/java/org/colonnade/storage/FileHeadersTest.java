package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ContentDisposition;

class FileHeadersTest {

    @Test
    void aPlainNameNeedsOneForm() {
        assertThat(FileHeaders.disposition("attachment", "result 1.zip"))
                .isEqualTo("attachment; filename=\"result 1.zip\"");
    }

    @Test
    void anyOtherNameComesInBothFormsAndIsReadBackWhole() {
        String header = FileHeaders.disposition("attachment", "Lösung 100% \"氷\".csv");
        assertThat(header)
                .isEqualTo("attachment; filename=\"L_sung 100_ ___.csv\";"
                        + " filename*=UTF-8''L%C3%B6sung%20100%25%20_%E6%B0%B7_.csv");
        assertThat(ContentDisposition.parse(header).getFilename()).isEqualTo("Lösung 100% _氷_.csv");
    }

    @ParameterizedTest
    @CsvSource({"'a\r\nSet-Cookie: x=y'", "'x\";filename=\"evil.exe'", "'..\\..\\evil'", "''"})
    void noNameEscapesTheHeader(String name) {
        assertThat(FileHeaders.disposition("attachment", name)).matches("attachment; filename=\"[^\"\\\\\\p{Cc}]+\"");
    }

    @ParameterizedTest(name = "{0} is shown as {1}, {2}")
    @CsvSource({
        "text/html, text/plain;charset=utf-8, inline",
        "TEXT/CSV; charset=latin1, text/plain;charset=utf-8, inline",
        "image/png, image/png, inline",
        "image/svg+xml, image/svg+xml, attachment",
        "application/xhtml+xml, application/xhtml+xml, attachment",
        "application/json, application/json, inline",
        "no type, application/octet-stream, attachment",
        "'', application/octet-stream, attachment",
    })
    void nothingThatABrowserWouldRunIsShown(String mediaType, String contentType, String how) {
        var headers = FileHeaders.inline(new TestDownload("f", mediaType, new byte[0]));
        assertThat(headers.contentType()).isEqualTo(contentType);
        assertThat(headers.disposition()).startsWith(how + ";");
    }
}
