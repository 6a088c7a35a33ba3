package org.ashar.portal.pages;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Fills the page templates. They escape every value; none of them prints one as markup. */
@Component
final class Templates {

    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    Templates() {
        ClassLoaderTemplateResolver resolver =
                new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix("portal/templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        resolver.setCacheable(true);
        engine.setTemplateResolver(resolver);
        engine.setEnableSpringELCompiler(true);
    }

    byte[] fill(String template, Map<String, Object> values) {
        return engine.process(template, new Context(Locale.ROOT, values))
                .getBytes(StandardCharsets.UTF_8);
    }
}
