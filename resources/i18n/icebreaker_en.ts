<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>BatchInput</name>
    <message numerus="yes">
        <source>%n number(s) that get no message.</source>
        <translation>
            <numerusform>%n number that gets no message.</numerusform>
            <numerusform>%n numbers that get no message.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message numerus="yes">
        <source>%n answer(s) with 429 so far; those rows are sent again, first of all.</source>
        <translation>
            <numerusform>%n answer with 429 so far; that row is sent again, first of all.</numerusform>
            <numerusform>%n answers with 429 so far; those rows are sent again, first of all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nobody knows whether %n row(s) were sent, and they are never sent again by themselves. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</source>
        <translation>
            <numerusform>Nobody knows whether %n row was sent, and it is never sent again by itself. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</numerusform>
            <numerusform>Nobody knows whether %n rows were sent, and they are never sent again by themselves. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) %1 h</source>
        <translation>
            <numerusform>%n day %1 h</numerusform>
            <numerusform>%n days %1 h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n session(s) per second</source>
        <translation>
            <numerusform>At most %n session per second</numerusform>
            <numerusform>At most %n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) with 429; their rows were put back and sent again.</source>
        <translation>
            <numerusform>%n answer with 429; its row was put back and sent again.</numerusform>
            <numerusform>%n answers with 429; their rows were put back and sent again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message numerus="yes">
        <source>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</source>
        <translation>
            <numerusform>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</numerusform>
            <numerusform>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message numerus="yes">
        <source>It may be asked again in %n second(s).</source>
        <translation>
            <numerusform>It may be asked again in %n second.</numerusform>
            <numerusform>It may be asked again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message numerus="yes">
        <source>(binary data, %n byte(s))</source>
        <translation>
            <numerusform>(binary data, %n byte)</numerusform>
            <numerusform>(binary data, %n bytes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more byte(s) are in the journal.</source>
        <translation>
            <numerusform>… %n more byte is in the journal.</numerusform>
            <numerusform>… %n more bytes are in the journal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartQuestion</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Limit: %n session(s) per second</source>
        <translation>
            <numerusform>Limit: %n session per second</numerusform>
            <numerusform>Limit: %n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) did not pass the checks and will be left out.</source>
        <translation>
            <numerusform>%n row did not pass the checks and will be left out.</numerusform>
            <numerusform>%n rows did not pass the checks and will be left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Start %n send(s)</source>
        <translation>
            <numerusform>&amp;Start %n send</numerusform>
            <numerusform>&amp;Start %n sends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BatchCommand</name>
    <message numerus="yes">
        <source>… and %n more row(s) that cannot be sent; --check lists them all.</source>
        <translation>
            <numerusform>… and %n more row that cannot be sent; --check lists them all.</numerusform>
            <numerusform>… and %n more rows that cannot be sent; --check lists them all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 rows can be sent, to %n person(s).</source>
        <translation>
            <numerusform>%1 of %2 rows can be sent, to %n person.</numerusform>
            <numerusform>%1 of %2 rows can be sent, to %n people.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BatchPage</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DetailPane</name>
    <message numerus="yes">
        <source>Send again in %n s</source>
        <translation>
            <numerusform>Send again in %n s</numerusform>
            <numerusform>Send again in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DoNotMessageDialog</name>
    <message numerus="yes">
        <source>%n number(s).</source>
        <translation>
            <numerusform>%n number.</numerusform>
            <numerusform>%n numbers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ImportDialog</name>
    <message numerus="yes">
        <source>%n status(es) found.</source>
        <translation>
            <numerusform>%n status found.</numerusform>
            <numerusform>%n statuses found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Take %n</source>
        <translation>
            <numerusform>&amp;Take %n</numerusform>
            <numerusform>&amp;Take %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… and %n more.</numerusform>
            <numerusform>… and %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tied to a send</source>
        <translation>
            <numerusform>%n tied to a send</numerusform>
            <numerusform>%n tied to sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n guessed by number and time</source>
        <translation>
            <numerusform>%n guessed by number and time</numerusform>
            <numerusform>%n guessed by number and time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tied to no send</source>
        <translation>
            <numerusform>%n tied to no send</numerusform>
            <numerusform>%n tied to no send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::InboxDesk</name>
    <message numerus="yes">
        <source>%n status(es) came in here since the start.</source>
        <translation>
            <numerusform>%n status came in here since the start.</numerusform>
            <numerusform>%n statuses came in here since the start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be recorded, and will come again.</source>
        <translation>
            <numerusform>%n could not be recorded, and will come again.</numerusform>
            <numerusform>%n could not be recorded, and will come again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) with a wrong path were turned away.</source>
        <translation>
            <numerusform>%n request with a wrong path was turned away.</numerusform>
            <numerusform>%n requests with a wrong path were turned away.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::MainWindow</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ProfileDialog</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::RunPane</name>
    <message numerus="yes">
        <source>Retry %n refused</source>
        <translation>
            <numerusform>Retry %n refused</numerusform>
            <numerusform>Retry %n refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::SheetPane</name>
    <message numerus="yes">
        <source>&amp;Start %n send(s)</source>
        <translation>
            <numerusform>&amp;Start %n send</numerusform>
            <numerusform>&amp;Start %n sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with warnings</source>
        <translation>
            <numerusform>%n with warnings</numerusform>
            <numerusform>%n with warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be sent</source>
        <translation>
            <numerusform>%n cannot be sent</numerusform>
            <numerusform>%n cannot be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n duplicate(s)</source>
        <translation>
            <numerusform>%n duplicate</numerusform>
            <numerusform>%n duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do not message</source>
        <translation>
            <numerusform>%n do not message</numerusform>
            <numerusform>%n do not message</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::WebhookPane</name>
    <message numerus="yes">
        <source>Asked last at %1. %n status(es) since the start.</source>
        <translation>
            <numerusform>Asked last at %1. %n status since the start.</numerusform>
            <numerusform>Asked last at %1. %n statuses since the start.</numerusform>
        </translation>
    </message>
</context>
</TS>
