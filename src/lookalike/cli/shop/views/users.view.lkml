view: users {
  sql_table_name: users ;;

  dimension: id {
    primary_key: yes
    type: number
    sql: ${TABLE}.id ;;
  }

  dimension: name {
    type: string
    sql: ${TABLE}.first_name || ' ' || ${TABLE}.last_name ;;
  }

  dimension: state {
    type: string
    sql: ${TABLE}.state ;;
  }

  dimension: credit {
    type: number
    hidden: yes
    sql: ${TABLE}.credit ;;
  }

  dimension_group: created {
    type: time
    timeframes: [raw, date, month, year]
    sql: ${TABLE}.created_at ;;
  }

  dimension_group: as_customer {
    type: duration
    intervals: [day, month]
    sql_start: ${created_raw} ;;
    sql_end: ${orders.created_raw} ;;
  }

  measure: count {
    type: count
  }

  measure: total_credit {
    type: sum
    value_format: "@{currency_format}"
    sql: ${credit} ;;
  }

  measure: average_credit {
    type: average
    value_format: "@{currency_format}"
    sql: ${credit} ;;
  }
}
