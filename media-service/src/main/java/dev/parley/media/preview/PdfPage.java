package dev.parley.media.preview;

import dev.parley.media.preview.Preview.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Draws the first page of a PDF, in a process of its own: what strangers sent can keep the library busy for ever, or take all
 * memory. Arguments: the file, and the pixels of the longer side.
 */
final class PdfPage {

    private PdfPage() {}

    /** Writes a JPEG to the standard output; nothing if there is no page. */
    public static void main(String[] arguments) {
        PrintStream output = System.out;
        // Loggers without a configuration write there.
        System.setOut(System.err);
        // The list of the machine's fonts is otherwise written to the home of the user who runs the service.
        System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir"));
        try {
            Thumbnail page = draw(new File(arguments[0]), new Thumbnails(Integer.parseInt(arguments[1])));
            if (page != null) {
                output.write(page.content());
                output.flush();
            }
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError unreadable) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    /** @throws IOException if it cannot be read, also because it asks for a password */
    private static @Nullable Thumbnail draw(File file, Thumbnails thumbnails) throws IOException {
        try (PDDocument document = Loader.loadPDF(file, IOUtils.createTempFileOnlyStreamCache())) {
            if (document.getNumberOfPages() == 0) {
                return null;
            }
            PDRectangle box = document.getPage(0).getCropBox();
            float longer = Math.max(box.getWidth(), box.getHeight());
            if (!(Math.min(box.getWidth(), box.getHeight()) > 0) || !Float.isFinite(longer)) {
                return null;
            }
            PDFRenderer renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);
            BufferedImage page = renderer.renderImage(0, thumbnails.size() / longer, ImageType.RGB);
            return thumbnails.write(thumbnails.shrink(page));
        }
    }
}
