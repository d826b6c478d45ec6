#pragma once

#include <QTextBrowser>

#include <functional>

namespace icebreaker {

/// Shows pages of the manual. Links within it are followed, others are opened in the browser,
/// and only when they are clicked.
class ManualView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit ManualView(QWidget *parent = nullptr);

    /// @param place  "page" or "page#heading"
    void go(const QString &place);
    /// ManualPage::name of the page that is shown.
    [[nodiscard]] const QString &page() const { return m_page; }
    /// Marks every place of each of @p words in the page. @return how many there are
    int mark(const QStringList &words);
    /// Selects the next place of @p text and shows it; from the begin after the last one.
    /// @return false if there is none
    bool findNext(const QString &text, bool backward);

    /// Opens an address outside; another function in tests.
    void setOpener(std::function<void(const QUrl &)> opener) { m_opener = std::move(opener); }

signals:
    void pageShown(const QString &page);

protected:
    void doSetSource(const QUrl &url, QTextDocument::ResourceType type) override;
    void changeEvent(QEvent *event) override;

private:
    void follow(const QUrl &url);
    void style();
    void styleTables();
    void goToHeading(const QString &anchor);

    std::function<void(const QUrl &)> m_opener;
    QString m_page;
};

} // namespace icebreaker
