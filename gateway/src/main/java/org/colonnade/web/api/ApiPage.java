package org.colonnade.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** The API for people: the same document that programs read, as a page. */
@Controller
class ApiPage {

    private final OpenApiWebMvcResource document;
    private final JsonMapper mapper;

    ApiPage(OpenApiWebMvcResource document, JsonMapper mapper) {
        this.document = document;
        this.mapper = mapper;
    }

    @GetMapping("/api")
    String page(HttpServletRequest request, Model model) throws Exception {
        byte[] json = document.openapiJson(request, "/v3/api-docs", Locale.ENGLISH);
        model.addAttribute("sections", new ApiOutline(mapper.readTree(json)).sections());
        return "web/api";
    }
}
