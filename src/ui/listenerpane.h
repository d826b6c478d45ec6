#pragma once

#include "core/probereport.h"
#include "store/inboxfile.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ListenerPane;
} // namespace Ui

namespace icebreaker {

class InboxHub;

/// Sets up this computer's own status inbox, which is the same one for all profiles, and
/// tests its public address.
class ListenerPane : public QWidget
{
    Q_OBJECT

public:
    explicit ListenerPane(InboxHub &hub, QWidget *parent = nullptr);
    ~ListenerPane() override;

    /// Listens as the fields say and keeps them. If that cannot be done, says why in the
    /// pane and changes nothing. @return whether it listens so now
    bool apply();

signals:
    /// A text came or went: the pane needs another height.
    void grown();

private:
    void addInterfaces();
    void showListening();
    void showExposure();
    void showResult(const QString &text, bool isGood);
    void test();
    void showReport(const ProbeReport &report, const QString &address);
    void renewSecret();
    [[nodiscard]] ListenerSettings settings() const;
    /// What is in the way of apply(); empty if nothing.
    [[nodiscard]] QString objection(const ListenerSettings &settings) const;

    std::unique_ptr<Ui::ListenerPane> m_ui;
    InboxHub &m_hub;
};

} // namespace icebreaker
