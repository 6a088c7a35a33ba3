package org.ashar.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * Marks a service's application class: its own package is scanned, {@link
 * AsharServiceConfiguration} is its ground, and nothing else configures itself because it happens
 * to be on the class path, which all services share in one process.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@Import(AsharServiceConfiguration.class)
public @interface AsharService {}
