#pragma once

#include "core/templateversion.h"
#include "net/mediafetch.h"

#include <QImage>
#include <QObject>
#include <QUrl>

namespace icebreaker {

class BubbleView;

/// A picture that was decoded, or why not.
struct DecodedPicture {
    QImage image; ///< Null if it could not be shown.
    QByteArray format; ///< "jpeg" or "png"; empty if it is nothing that WhatsApp takes.
    QSize size; ///< Before it was made smaller.
};

/// Shows in a BubbleView what the link of a header leads to, once that was clicked: the
/// picture itself, or type and size of a file, and what WhatsApp would not take of it.
class MediaPreview : public QObject
{
    Q_OBJECT

public:
    /// @param view  its parent
    explicit MediaPreview(BubbleView &view);

    /// Only formats that WhatsApp takes are decoded, whatever the server says they are.
    /// May be called in any thread.
    [[nodiscard]] static DecodedPicture decoded(const QByteArray &bytes);

private:
    void look(const QUrl &link, HeaderKind kind);
    void decode(const QUrl &link, const FetchedMedia &media);

    BubbleView &m_view;
    MediaFetcher m_fetcher;
};

} // namespace icebreaker
