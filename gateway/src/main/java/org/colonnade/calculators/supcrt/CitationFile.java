package org.colonnade.calculators.supcrt;

import java.util.Optional;
import java.util.stream.Collectors;
import org.colonnade.geochemistry.Reference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Sources as a file for a reference manager, and files in general. */
final class CitationFile {

    private CitationFile() {}

    /**
     * @param format text, bibtex or ris
     * @return empty for any other format
     */
    static Optional<ResponseEntity<String>> of(SupcrtCitations citations, String format) {
        var references = citations.references();
        return switch (format) {
            case "text" ->
                Optional.of(
                        attachment(String.join("\n", citations.lines()) + "\n", "text/plain", "supcrt-citations.txt"));
            case "bibtex" ->
                Optional.of(attachment(
                        references.stream().map(Reference::bibtex).collect(Collectors.joining("\n")),
                        "application/x-bibtex",
                        "supcrt.bib"));
            case "ris" ->
                Optional.of(attachment(
                        references.stream().map(Reference::ris).collect(Collectors.joining()),
                        "application/x-research-info-systems",
                        "supcrt.ris"));
            default -> Optional.empty();
        };
    }

    static ResponseEntity<String> attachment(String text, String type, String name) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(text);
    }
}
