package dev.parley.bench.measure;

import dev.parley.platform.boot.PlatformService;
import java.util.Arrays;

/** Runs one service in a process of its own. Arguments: its main class, its name, and its settings. */
public final class ServiceProcess {

    private static final int NAMES = 2;

    private ServiceProcess() {}

    /** Serves until the process that started it ends. */
    public static void main(String[] arguments) throws Exception {
        String[] settings = Arrays.copyOfRange(arguments, NAMES, arguments.length);
        PlatformService.of(Class.forName(arguments[0]), arguments[1]).run(settings);
        System.out.println(ChildProcess.READY);
        ChildProcess.serveUntilParentEnds();
    }
}
