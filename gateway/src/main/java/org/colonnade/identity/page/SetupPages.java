package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.FirstAdministrator;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.session.SignIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first administrator's page, behind the link that stands on the console. */
@Controller
class SetupPages {

    private final FirstAdministrator first;
    private final Passwords passwords;
    private final SignIn signIn;

    SetupPages(FirstAdministrator first, Passwords passwords, SignIn signIn) {
        this.first = first;
        this.passwords = passwords;
        this.signIn = signIn;
    }

    @GetMapping("/setup")
    String form(@RequestParam(defaultValue = "") String link, HttpServletResponse response, Model model) {
        return page(link, new Inputs(), response, model);
    }

    @PostMapping("/setup")
    String submit(
            @RequestParam(defaultValue = "") String link,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Inputs inputs = new Inputs().put("name", name).put("email", email);
        if (!first.isOpen(link)) {
            return page(link, inputs, response, model);
        }
        inputs.requireName();
        inputs.requireAddress();
        passwords
                .objection(password, inputs.value("email"))
                .ifPresent(objection -> inputs.wrong("password", objection));
        if (!password.equals(repeated)) {
            inputs.wrong("repeated", "The two are not the same.");
        }
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(link, inputs, response, model);
        }
        Optional<Account> account = first.create(link, inputs.value("name"), inputs.value("email"), password);
        if (account.isEmpty()) {
            return page(link, inputs, response, model);
        }
        signIn.begin(request, response, account.get(), SignIn.PASSWORD, null);
        return "redirect:/admin/users";
    }

    private String page(String link, Inputs inputs, HttpServletResponse response, Model model) {
        if (!first.isOpen(link)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            model.addAttribute("purpose", "SETUP");
            return "identity/link-gone";
        }
        model.addAttribute("inputs", inputs);
        model.addAttribute("link", link);
        return "identity/setup";
    }
}
