package org.colonnade.calculators.batch;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.colonnade.calculators.http.BatchAnswer;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.JobPage;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/** The file field of a calculator's page: an answer at once, or a job for a long file. */
@Controller
class BatchPages {

    private final Batches batches;
    private final Jobs jobs;
    private final JsonMapper mapper;

    BatchPages(Batches batches, Jobs jobs, JsonMapper mapper) {
        this.batches = batches;
        this.jobs = jobs;
        this.mapper = mapper;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        JobPage batchJobPage() {
            return new JobPage(Batches.KIND, "Batch of a calculator", null, "/calculators/batches/{id}");
        }
    }

    @PostMapping(path = "/calculators/{name}/batch", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    void batch(
            Visitor visitor,
            @PathVariable String name,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable String database,
            @RequestParam(required = false) @Nullable String profile,
            HttpServletResponse response)
            throws IOException {
        Map<String, String> options = new HashMap<>();
        if (database != null) {
            options.put("database", database);
        }
        if (profile != null) {
            options.put("profile", profile);
        }
        if (Batches.isLong(file.getInputStream())) {
            try (var content = file.getInputStream()) {
                var id = batches.submit(visitor.owner(), name, options, content, null);
                response.sendRedirect("/jobs/" + id);
            }
            return;
        }
        var rows = batches.rows(visitor.owner(), name, options);
        try (var content = file.getInputStream()) {
            BatchAnswer.write(rows, name, content, response);
        }
    }

    /** Where the same file can be computed with changes: on the page of its calculator. */
    @GetMapping("/calculators/batches/{id}")
    String again(Visitor visitor, @PathVariable String id) {
        if (!id.matches("[0-9a-fA-F-]{36}")) {
            throw ProblemException.notFound("There is no such batch");
        }
        var job = jobs.find(JobId.parse(id))
                .filter(j -> j.owner().equals(visitor.owner()) && j.kind().equals(Batches.KIND))
                .orElseThrow(() -> ProblemException.notFound("There is no such batch"));
        return "redirect:/calculators/"
                + mapper.readValue(job.input(), Batches.Order.class).calculator() + "#batch-title";
    }
}
