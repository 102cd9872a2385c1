package org.colonnade.storage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Sends stored files and archives of them over HTTP, resumable at any byte: {@code HEAD}, one {@code Range} with
 * {@code If-Range}, and the conditional headers, as RFC 9110 describes them. Of several ranges in one request none is
 * taken, and the answer is the whole.
 */
@Component
public class Downloads {

    private final ContentReader reader;

    Downloads(ContentReader reader) {
        this.reader = reader;
    }

    /** One stored file. */
    public Download file(Artifact artifact) {
        return new StoredFile(artifact, reader);
    }

    /** A zip with a manifest; equal members in equal order give equal bytes. */
    public Download archive(String name, List<? extends ArchiveMember> members) {
        return new Archive(name, List.copyOf(members), reader);
    }

    /** A zip of files that lie beside each other. */
    public Download archiveOf(String name, List<Artifact> artifacts) {
        return archive(name, artifacts.stream().map(ArchiveMember.Stored::of).toList());
    }

    /** Sends something for keeping: the browser writes it to a file. */
    public void attach(Download download, HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(download, FileHeaders.attachment(download), request, response);
    }

    /** Sends something for looking at, if its kind is harmless in a browser; otherwise for keeping. */
    public void show(Download download, HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(download, FileHeaders.inline(download), request, response);
    }

    private void send(Download download, FileHeaders headers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        headers.set(response);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        // Kept by the client alone, and asked for again each time: access may have been withdrawn.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        String etag = '"' + download.etag() + '"';
        if (!ByteRange.isForThisVersion(request, etag)) {
            response.reset();
            response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
            return;
        }
        if (new ServletWebRequest(request, response)
                .checkNotModified(etag, download.lastModified().toEpochMilli())) {
            return;
        }
        switch (ByteRange.requested(request, etag, download)) {
            case ByteRange.Unsatisfiable none -> {
                response.reset();
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + download.size());
                response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            }
            case ByteRange.Whole whole -> write(download, 0, download.size(), request, response);
            case ByteRange.Part part -> {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE,
                        "bytes " + part.from() + "-" + (part.to() - 1) + "/" + download.size());
                write(download, part.from(), part.to(), request, response);
            }
        }
    }

    private static void write(
            Download download, long from, long to, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentLengthLong(to - from);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            download.writeTo(response.getOutputStream(), from, to);
        } catch (DamagedContentException e) {
            // Nothing sent yet: the error becomes an ordinary answer. Otherwise the container breaks the connection
            // off,
            // and the client sees that bytes are missing.
            if (!response.isCommitted()) {
                response.reset();
            }
            throw e;
        }
    }
}
