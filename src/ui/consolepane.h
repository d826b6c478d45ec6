#pragma once

#include "core/sendrecord.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace icebreaker {

class TextViewer;

/// Every fact of a send that concerns its bytes, in the order in which it happened, the key
/// masked. What is copied is redacted as everything that leaves is.
class ConsolePane : public QWidget
{
    Q_OBJECT

public:
    explicit ConsolePane(QWidget *parent = nullptr);

    void show(const SendRecord &record);
    void clear();

private:
    void copy() const;

    TextViewer *m_view;
    QPushButton *m_copy;
    std::optional<SendRecord> m_record;
};

} // namespace icebreaker
