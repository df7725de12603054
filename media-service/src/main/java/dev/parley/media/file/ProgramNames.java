package dev.parley.media.file;

import java.util.Locale;
import java.util.Set;

/** Knows by its name a file that somebody's computer, or a web server, would run. */
final class ProgramNames {

    /** What is run by its last extension. */
    private static final Set<String> RUN_BY_USERS = Set.of(
            "app",
            "apk",
            "appimage",
            "bin",
            "bash",
            "bat",
            "chm",
            "cmd",
            "com",
            "cpl",
            "deb",
            "desktop",
            "dll",
            "dmg",
            "exe",
            "gadget",
            "hta",
            "htm",
            "html",
            "inf",
            "ins",
            "ipa",
            "iso",
            "jar",
            "js",
            "jse",
            "lnk",
            "mjs",
            "msc",
            "msi",
            "msix",
            "msp",
            "mst",
            "pif",
            "pkg",
            "pl",
            "ps1",
            "psm1",
            "py",
            "rb",
            "reg",
            "rpm",
            "run",
            "scf",
            "scr",
            "sh",
            "swf",
            "sys",
            "url",
            "vb",
            "vbe",
            "vbs",
            "vxd",
            "wsc",
            "wsf",
            "wsh",
            "xhtml",
            "xht");

    /**
     * What is dangerous also before another extension: servers run {@code x.php.jpg}, and people overlook it. Names of sites
     * and libraries ({@code example.com.png}, {@code vue.js.png}) are none of it.
     */
    private static final Set<String> RUN_ANYWHERE = Set.of(
            "asa",
            "asax",
            "ascx",
            "ashx",
            "asmx",
            "asp",
            "aspx",
            "bat",
            "cer",
            "cfm",
            "cgi",
            "cmd",
            "exe",
            "fcgi",
            "hta",
            "htaccess",
            "jar",
            "jsp",
            "jspx",
            "lnk",
            "msi",
            "phar",
            "php",
            "php3",
            "php4",
            "php5",
            "php7",
            "php8",
            "phps",
            "pht",
            "phtml",
            "pif",
            "ps1",
            "scr",
            "shtml",
            "vbs",
            "wsf");

    private ProgramNames() {}

    static boolean matches(String filename) {
        String[] parts = filename.toLowerCase(Locale.ROOT).split("\\.", -1);
        String last = "";
        for (int i = 1; i < parts.length; i++) {
            String extension = extension(parts[i]);
            if (RUN_ANYWHERE.contains(extension)) {
                return true;
            }
            last = extension.isEmpty() ? last : extension;
        }
        return RUN_BY_USERS.contains(last);
    }

    /** Without what some systems cut off: {@code exe }, {@code php;}, {@code php%00}. */
    private static String extension(String part) {
        int length = 0;
        while (length < part.length() && Character.isLetterOrDigit(part.charAt(length))) {
            length++;
        }
        return part.substring(0, length);
    }
}
