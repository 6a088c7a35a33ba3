package org.ashar.messaging;

/** What belongs to one generation of a view, by name. */
final class GenerationNames {

    private GenerationNames() {}

    /** {@code <view>_<name>_g<generation>}. */
    static String collection(String view, String name, int generation) {
        return view.replace('-', '_') + "_" + name + "_g" + generation;
    }

    /** {@code <service>.<view>.g<generation>}. */
    static String group(String service, String view, int generation) {
        return service + "." + view + ".g" + generation;
    }
}
