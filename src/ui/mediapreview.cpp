#include "ui/mediapreview.h"

#include "core/whendone.h"
#include "ui/bubbleview.h"
#include "words/sendwords.h"

#include <QBuffer>
#include <QImageReader>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

// What WhatsApp takes (resellers' guides that quote Meta, 2026): hints, never errors.
constexpr qint64 Megabyte = 1'000'000;
constexpr qint64 PictureLimit = 5 * Megabyte;
constexpr qint64 VideoLimit = 16 * Megabyte;
constexpr qint64 DocumentLimit = 100 * Megabyte;

constexpr QSize ShownSize(720, 720); // twice the bubble, for dense screens
constexpr qint64 MostPixels = 50'000'000; // 200 MB in memory

qint64 limitOf(HeaderKind kind)
{
    switch (kind) {
    case HeaderKind::Image: return PictureLimit;
    case HeaderKind::Video: return VideoLimit;
    default: return DocumentLimit;
    }
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString problemLine(const MediaProblem &problem)
{
    using Kind = MediaProblem::Kind;
    switch (problem.kind) {
    case Kind::NoLink: return MediaPreview::tr("This is no link.");
    case Kind::Unreachable: return problemText(problem.transport);
    case Kind::Refused: return MediaPreview::tr("The server answers %1.").arg(problem.status);
    case Kind::LeadsOn:
        return MediaPreview::tr("The server leads on to another address (%1).").arg(problem.status);
    case Kind::TooLarge:
        return MediaPreview::tr("Larger than %1.").arg(sizeText(MediaFetcher::Most));
    case Kind::Cancelled: break;
    }
    return {};
}

/// What is known of the file, and what WhatsApp would not take.
MediaLook lookOf(const FetchedMedia &media, HeaderKind kind)
{
    QStringList parts;
    if (!media.type.isEmpty())
        parts.append(media.type);
    if (media.size >= 0)
        parts.append(sizeText(media.size));
    MediaLook look;
    look.note = parts.join(u", "_s);
    const auto isOneOf = [&media](std::initializer_list<QLatin1StringView> types) {
        return std::find(types.begin(), types.end(), media.type) != types.end();
    };
    if (media.size > limitOf(kind)) {
        look.note = MediaPreview::tr("%1: WhatsApp takes %2 at most")
                        .arg(sizeText(media.size), sizeText(limitOf(kind)));
        look.isProblem = true;
    } else if (kind == HeaderKind::Video && !isOneOf({"video/mp4"_L1, "video/3gpp"_L1})) {
        look.note = MediaPreview::tr("%1: WhatsApp takes MP4 and 3GPP")
                        .arg(media.type.isEmpty() ? u"?"_s : media.type);
        look.isProblem = true;
    } else if (kind == HeaderKind::Document && media.type == "text/html"_L1) {
        look.note = MediaPreview::tr("A web page, not a document");
        look.isProblem = true;
    }
    return look;
}

} // namespace

MediaPreview::MediaPreview(BubbleView &view)
    : QObject(&view)
    , m_view(view)
{
    connect(&m_view, &BubbleView::mediaActivated, this, &MediaPreview::look);
}

DecodedPicture MediaPreview::decoded(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    DecodedPicture picture;
    const QByteArray format = QImageReader::imageFormat(&buffer);
    if (format != "jpeg" && format != "png")
        return picture;
    picture.format = format;
    QImageReader reader(&buffer, picture.format);
    reader.setAutoTransform(true);
    picture.size = reader.size();
    if (!picture.size.isValid()
        || qint64(picture.size.width()) * picture.size.height() > MostPixels)
        return picture;
    const QSize shown = picture.size.scaled(ShownSize, Qt::KeepAspectRatio);
    if (shown.width() < picture.size.width())
        reader.setScaledSize(shown);
    picture.image = reader.read();
    return picture;
}

void MediaPreview::look(const QUrl &link, HeaderKind kind)
{
    m_view.showMedia(link, {{}, tr("Looking…"), false});
    const bool isPicture = kind == HeaderKind::Image;
    whenDone(m_fetcher.fetch(
                 link, isPicture ? MediaFetcher::Wanted::Everything : MediaFetcher::Wanted::Facts),
             this, [this, link, kind, isPicture](const MediaFetcher::Fetched &fetched) {
                 if (!fetched) {
                     if (fetched.error().kind != MediaProblem::Kind::Cancelled)
                         m_view.showMedia(link, {{}, problemLine(fetched.error()), true});
                 } else if (isPicture) {
                     decode(link, *fetched);
                 } else {
                     m_view.showMedia(link, lookOf(*fetched, kind));
                 }
             });
}

void MediaPreview::decode(const QUrl &link, const FetchedMedia &media)
{
    whenDone(QtConcurrent::run(&MediaPreview::decoded, media.bytes), this,
             [this, link, media](const DecodedPicture &picture) {
                 MediaLook look = lookOf(media, HeaderKind::Image);
                 look.picture = picture.image;
                 if (picture.image.isNull()) {
                     look.note = picture.format.isEmpty()
                         ? tr("%1: WhatsApp takes JPEG and PNG pictures")
                               .arg(media.type.isEmpty() ? tr("No picture") : media.type)
                         : tr("The picture is damaged or too large to show");
                     look.isProblem = true;
                 } else if (!look.isProblem) {
                     look.note = u"%1 × %2, %3"_s.arg(picture.size.width())
                                     .arg(picture.size.height())
                                     .arg(sizeText(media.size));
                 }
                 m_view.showMedia(link, look);
             });
}

} // namespace icebreaker
